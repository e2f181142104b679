package usher.server.driver;

/// User code that a [Crew] runs, once, or never.
public sealed interface Work extends Runnable permits CrewCall, Packet {
  /// Whose it is.
  Client client();

  /// It will not be run.
  void forget();
}
