// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QPromise>

#include <memory>
#include <utility>

// A promise that several steps hand on until one of them ends it.
namespace courier {

template<typename T>
std::shared_ptr<QPromise<Result<T>>> begun()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return promise;
}

template<typename T>
void end(const std::shared_ptr<QPromise<Result<T>>> &promise, Result<T> result)
{
    promise->addResult(std::move(result));
    promise->finish();
}

template<typename T>
void fail(const std::shared_ptr<QPromise<Result<T>>> &promise, const Error &error)
{
    end(promise, Result<T>(tl::unexpected(error)));
}

} // namespace courier
