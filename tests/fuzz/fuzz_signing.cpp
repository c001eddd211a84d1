// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Signing secrets, as somebody enters them: what is taken can be signed with.

#include "delivery/signature.h"
#include "fuzz/fuzz.h"

#include <algorithm>

using namespace courier;
using fuzz::must;

namespace {

bool isPrintable(const QByteArray &value)
{
    return std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

void checkSigner(SigningScheme scheme, const QByteArray &secret)
{
    Signing signing;
    signing.scheme = scheme;
    signing.header = "X-Signature";
    signing.rotatedAt = 1;
    DestinationSecrets secrets;
    secrets.values = {{SecretKind::SigningSecret, secret}, {SecretKind::PreviousSigningSecret, secret}};
    const auto signer = Signer::make(signing, secrets);
    must(signer.has_value(), "what was checked can be signed with");
    const QList<Header> headers = (*signer)->headers("msg_1", "{}", 1000);
    must(!headers.isEmpty(), "a signer signs");
    for (const Header &header : headers) {
        const bool isRepeated = secret.size() >= 8 && header.value.contains(secret);
        must(isPrintable(header.value) && !isRepeated, "a signature is text without the secret");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray secret = fuzz::bytesOf(data, size);
    for (const SigningScheme scheme :
         {SigningScheme::StandardHmac, SigningScheme::StandardEd25519, SigningScheme::GitHub, SigningScheme::Custom}) {
        const Result<void> fine = checkSigningSecret(scheme, secret);
        if (fine) {
            checkSigner(scheme, secret);
        } else if (secret.size() > 8) {
            must(!fine.error().message.contains(QString::fromUtf8(secret)), "no fault repeats the secret");
        }
        const bool isKey = scheme == SigningScheme::StandardEd25519;
        must(!isKey || fine.has_value() == signingPublicKey(secret).has_value(), "a private key has a public one");
    }
    return 0;
}
