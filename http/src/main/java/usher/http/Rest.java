package usher.http;

import usher.session.Step;

/// A task that goes on with a request that has been taken on, so that it is not refused.
@FunctionalInterface
interface Rest extends Step.Task {
  @Override
  default boolean refusable() {
    return false;
  }
}
