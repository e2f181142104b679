package usher.session;

/// Someone broke the protocol, and this says who.
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// The side that broke the rule.
  public enum Side {
    /// The peer sent what it must not: an everyday event, no defect of ours.
    PEER,
    /// Our own session or handler did what it must not: a defect.
    OURS
  }

  private final Side guilty;

  private ProtocolException(Side guilty, String message) {
    // Peers break rules as often as they like, so only our own faults pay for a stack trace.
    super(message, null, false, guilty == Side.OURS);
    this.guilty = guilty;
  }

  /// The peer's fault.
  public static ProtocolException peer(String message) {
    return new ProtocolException(Side.PEER, message);
  }

  /// Our fault.
  public static ProtocolException ours(String message) {
    return new ProtocolException(Side.OURS, message);
  }

  /// Who broke the rule.
  public Side guilty() {
    return guilty;
  }
}
