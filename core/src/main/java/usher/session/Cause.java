package usher.session;

import org.jspecify.annotations.Nullable;

/// Why a connection ended.
///
/// @param thrown what went wrong, for [Kind#FAILED] and, where known, [Kind#PEER_GONE]
public record Cause(Kind kind, @Nullable Throwable thrown) {
  /// The session closed.
  public static final Cause FINISHED = new Cause(Kind.FINISHED, null);

  /// The session reset the connection.
  public static final Cause ABORTED = new Cause(Kind.ABORTED, null);

  /// The peer took too long and the driver cut the connection.
  public static final Cause OVERDUE = new Cause(Kind.OVERDUE, null);

  /// The server ended before the session did.
  public static final Cause CUT = new Cause(Kind.CUT, null);

  /// The kinds of end.
  public enum Kind {
    FINISHED,
    ABORTED,
    /// The transport failed: a reset, a broken pipe.
    PEER_GONE,
    OVERDUE,
    /// The session, a file or our own code failed.
    FAILED,
    CUT
  }

  /// The transport failed.
  public static Cause peerGone(Throwable thrown) {
    return new Cause(Kind.PEER_GONE, thrown);
  }

  /// Our side failed.
  public static Cause failed(Throwable thrown) {
    return new Cause(Kind.FAILED, thrown);
  }
}
