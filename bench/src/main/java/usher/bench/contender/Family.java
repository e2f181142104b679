package usher.bench.contender;

/// What kind of server a contender is.
public enum Family {
  /// The fixed answer in C, which parses nothing.
  LIMIT,
  /// nginx, where it is installed.
  NGINX,
  /// This project, under one of its models.
  USHER,
  /// Another server for the JVM.
  PEER
}
