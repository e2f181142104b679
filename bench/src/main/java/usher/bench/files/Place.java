package usher.bench.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import usher.bench.measure.Commands;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.Ports;
import usher.bench.measure.RunningServer;

/// What all rows need: where programs and files are, which cores, how long.
///
/// @param home the project's folder
/// @param client the compiled client
/// @param work a folder for the servers' files, on the disk that is measured
/// @param folder that is shared
/// @param source the file in it that is sent and fetched
/// @param size its bytes
/// @param serverCpu core of the servers
/// @param loadCpu core of the clients
/// @param transfers of one measurement
/// @param tickSeconds of the CPU time that the kernel counts
/// @param ports free ones
record Place(
    Path home,
    Path client,
    Path work,
    Path folder,
    Path source,
    long size,
    int serverCpu,
    int loadCpu,
    int transfers,
    double tickSeconds,
    Ports ports) {
  static final double GIB = 1L << 30;

  /// One transfer.
  interface Transfer {
    void run() throws IOException, MeasurementException, InterruptedException;
  }

  /// CPU time of the server and time on the clock, both for a GiB.
  record Cost(double cpu, double seconds) {}

  Path log() {
    return work.resolve("server.log");
  }

  RunningServer start(List<String> line, int port)
      throws MeasurementException, InterruptedException {
    return RunningServer.start(line, serverCpu, "", port, log());
  }

  /// Runs the compiled client.
  ///
  /// @return the seconds that it took
  double client(List<String> words) throws MeasurementException, InterruptedException {
    List<String> line =
        new ArrayList<>(List.of("taskset", "-c", Integer.toString(loadCpu), client.toString()));
    line.addAll(words);
    return Double.parseDouble(Commands.run(line, 300));
  }

  /// Has it done once, and then measures it.
  Cost measure(RunningServer server, long bytes, Transfer transfer)
      throws IOException, MeasurementException, InterruptedException {
    transfer.run();
    long ticks = server.tree().ticks();
    long before = System.nanoTime();
    for (int i = 0; i < transfers; i++) {
      transfer.run();
    }
    double seconds = (System.nanoTime() - before) / 1e9;
    server.checkAlive();
    double all = transfers * bytes / GIB;
    return new Cost((server.tree().ticks() - ticks) * tickSeconds / all, seconds / all);
  }

  /// Waits until somebody listens.
  void await(RunningServer server) throws MeasurementException, InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (true) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException refused) {
        server.checkAlive();
        if (System.nanoTime() > end) {
          throw new MeasurementException("nobody listens at port " + server.port());
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  /// A file with these bytes, for the compiled client to say.
  Path request(byte[] bytes) throws IOException {
    return Files.write(work.resolve("request"), bytes);
  }
}
