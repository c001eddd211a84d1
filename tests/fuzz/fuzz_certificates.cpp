// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Certificates, keys and fingerprints from files and fields.

#include "delivery/certificates.h"
#include "fuzz/fuzz.h"

#include <QCoreApplication>

using namespace courier;
using fuzz::must;

namespace {

void checkImported(const Result<ClientCertificate> &imported)
{
    if (!imported) {
        must(!imported.error().message.isEmpty(), "a fault has words");
        return;
    }
    const auto again = importPem(imported->certificatePem, imported->keyPem);
    must(again && again->certificatePem == imported->certificatePem, "what was imported can be read again");
    must(!imported->certificatePem.contains("PRIVATE KEY"), "the key is kept apart");
}

void checkFingerprint(const QString &text)
{
    const Result<QByteArray> digest = sha256FromFingerprint(text);
    if (digest) {
        must(digest->size() == 32, "a fingerprint has 32 bytes");
        must(sha256FromFingerprint(fingerprint(*digest)).value_or(QByteArray()) == *digest,
             "a fingerprint is shown as it is read");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // Qt finds its TLS library by the application.
    static int argc = 1;
    static char name[] = "fuzz_certificates";
    static char *argv[] = {name, nullptr};
    static const QCoreApplication app(argc, argv);
    const QByteArray bytes = fuzz::bytesOf(data, size);
    if (const auto certificates = certificatesFromPem(bytes)) {
        must(!certificates->isEmpty(), "what can be read holds a certificate");
    }
    checkImported(importPem(bytes, bytes, "courier"));
    if (bytes.startsWith('0')) { // DER's sequence
        checkImported(importPkcs12(bytes, "courier"));
    }
    checkFingerprint(QString::fromUtf8(bytes));
    return 0;
}
