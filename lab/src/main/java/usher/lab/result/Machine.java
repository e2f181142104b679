package usher.lab.result;

/// Where it was measured.
///
/// @param processor its name
/// @param cores that this process may use
/// @param memoryBytes of the machine
/// @param system kernel and its version
/// @param java version and vendor of the JVM of the servers
/// @param flags options of the servers' JVM
/// @param usher version and commit
/// @param pinning which cores the servers and the load had, or that they shared all
public record Machine(
    String processor,
    int cores,
    long memoryBytes,
    String system,
    String java,
    String flags,
    String usher,
    String pinning) {}
