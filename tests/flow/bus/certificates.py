# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0

"""Certificates made by the openssl command: for NAME the files NAME.crt and NAME.key of a folder."""

import calendar
import os
import subprocess
import time

FOR_US = 'IP:127.0.0.1'


class Certificates:
    def __init__(self, folder):
        self.folder = folder

    def openssl(self, *arguments):
        done = subprocess.run(['openssl', *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60,
                              check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def path(self, file):
        return os.path.join(self.folder, file)

    def request(self, name, *more):
        self.openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', f'/CN={name}',
                     '-keyout', f'{name}.key', *more)

    def self_signed(self, name, host=None):
        self.request(name, '-x509', '-days', '30', '-out', f'{name}.crt',
                     *(['-addext', f'subjectAltName={host}'] if host else []))

    def issued(self, authority, name, host=FOR_US, days=30):
        self.request(name, '-addext', f'subjectAltName={host}', '-out', f'{name}.csr')
        self.openssl('x509', '-req', '-in', f'{name}.csr', '-CA', f'{authority}.crt', '-CAkey', f'{authority}.key',
                     '-copy_extensions', 'copy', '-days', str(days), '-out', f'{name}.crt')

    def pkcs12(self, name, passphrase):
        self.openssl('pkcs12', '-export', '-in', f'{name}.crt', '-inkey', f'{name}.key', '-passout',
                     f'pass:{passphrase}', '-out', f'{name}.p12')
        return self.path(f'{name}.p12')

    def sha256(self, name):
        return self.openssl('x509', '-in', f'{name}.crt', '-noout', '-fingerprint', '-sha256').partition('=')[2]

    def end(self, name):
        """Its last moment, in seconds since 1970."""
        text = self.openssl('x509', '-in', f'{name}.crt', '-noout', '-enddate').partition('=')[2]
        return calendar.timegm(time.strptime(text, '%b %d %H:%M:%S %Y %Z'))
