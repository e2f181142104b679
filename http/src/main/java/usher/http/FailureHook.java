package usher.http;

/// Told of each defect in a handler or a body, once.
@FunctionalInterface
public interface FailureHook {
  /// Writes to the system's log.
  FailureHook LOG =
      (request, thrown) ->
          System.getLogger("usher.http")
              .log(System.Logger.Level.ERROR, () -> "failed: " + request, thrown);

  /// A request could not be answered as its handler wanted. Called by the connection's owner, or by
  /// the thread of a task that outlived its connection: should not take long.
  ///
  /// @param request one of method `-` stands for a request that could not be taken
  void failed(HttpRequest request, Throwable thrown);
}
