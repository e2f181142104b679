package usher.http;

/// Told of each request that is refused before its handler is called, since no filter sees it: a
/// malformed one, one that is too large, too slow or cut off, or one for which the server is too
/// busy.
@FunctionalInterface
public interface RefusalHook {
  /// Tells nobody.
  RefusalHook NONE = (request, status) -> {};

  /// A request was refused. Called by the connection's owner, a loop's thread included: should not
  /// take long.
  ///
  /// @param request as much of it as was understood; its method is `-` where not even its head was
  void refused(HttpRequest request, int status);
}
