// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <openssl/opensslv.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#if OPENSSL_VERSION_NUMBER < 0x30000000L
#error "ReliefLedger needs OpenSSL 3.0 or newer"
#endif

// ERR_GET_LIB and ERR_GET_REASON exist as functions only inside the headers of OpenSSL 3.0, under
// names that may change; the macros of those names are too complex for Swift to import.
static inline int rl_error_library(unsigned long code) { return ERR_GET_LIB(code); }
static inline int rl_error_reason(unsigned long code) { return ERR_GET_REASON(code); }
