// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <openssl/opensslv.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <stdint.h>
#if OPENSSL_VERSION_NUMBER < 0x30000000L
#error "ReliefLedger needs OpenSSL 3.0 or newer"
#endif

// SHA-256 without the layer of EVP. OpenSSL 3.0 deprecates these functions as an interface, not as
// an implementation, so Swift cannot name them without a warning.
static inline int rl_sha256_init(SHA256_CTX *_Nonnull state) { return SHA256_Init(state); }

static inline int rl_sha256_update(
    SHA256_CTX *_Nonnull state, const void *_Nullable bytes, size_t count) {
    return SHA256_Update(state, bytes, count);
}

static inline int rl_sha256_final(SHA256_CTX *_Nonnull state, void *_Nonnull digest) {
    return SHA256_Final(digest, state);
}

// The digest of a message that is padded already (FIPS 180-4 §5.1.1) to whole blocks of 64 bytes:
// OpenSSL reads them where they lie and keeps nothing, so that there is nothing to wipe.
static inline int rl_sha256_padded(
    SHA256_CTX *_Nonnull state, const void *_Nonnull blocks, size_t count,
    uint64_t *_Nonnull digest) {
    int done = SHA256_Init(state) & SHA256_Update(state, blocks, count);
    for (int index = 0; index < 4; index++) {
        uint64_t word = (uint64_t)state->h[2 * index] << 32 | state->h[2 * index + 1];
        digest[index] = __builtin_bswap64(word);
    }
    return done;
}
