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
