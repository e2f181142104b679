package usher.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a short command to its end and gives back what it printed.
public final class Commands {
  private Commands() {}

  /// Output and errors of the command, as one text.
  ///
  /// @throws MeasurementException if it cannot be started, ends with anything but 0, or has not
  ///   ended after `seconds`
  public static String run(List<String> command, int seconds)
      throws MeasurementException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new MeasurementException("cannot run " + command.getFirst() + ": " + e.getMessage());
    }
    try {
      process.getOutputStream().close();
      // The commands meant here print little; what they print fits the pipe until it is read.
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new MeasurementException(
            command.getFirst() + " has not ended after " + seconds + " s");
      }
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new MeasurementException(
            command.getFirst() + " ended with " + process.exitValue() + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new MeasurementException(command.getFirst() + ": " + e.getMessage());
    } finally {
      process.destroyForcibly();
    }
  }

  /// The kernel's clock ticks of a second, in which it counts CPU time.
  public static int ticksPerSecond() throws MeasurementException, InterruptedException {
    return Integer.parseInt(run(List.of("getconf", "CLK_TCK"), 10));
  }
}
