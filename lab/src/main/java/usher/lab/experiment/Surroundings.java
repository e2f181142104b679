package usher.lab.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import usher.lab.result.Machine;

/// The machine that this runs on.
final class Surroundings {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Surroundings() {}

  static Machine machine(Cores cores, List<String> flags, String version) {
    return new Machine(
        processor(),
        cores.all(),
        SYSTEM.getTotalMemorySize(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.version") + ", " + System.getProperty("java.vendor"),
        String.join(" ", flags),
        version,
        cores.toString());
  }

  private static String processor() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo"))
          .lines()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException elsewhere) {
      return System.getProperty("os.arch");
    }
  }

  /// What others do on the machine, in cores, over the last minute.
  static double load() {
    return Math.max(0, SYSTEM.getSystemLoadAverage());
  }
}
