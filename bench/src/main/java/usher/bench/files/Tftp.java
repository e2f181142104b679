package usher.bench.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.RunningServer;
import usher.files.client.Progress;
import usher.files.tftp.client.TftpClient;
import usher.files.tftp.client.TftpWishes;
import usher.files.tftp.wire.Mode;

/// Downloads by TFTP, from one client in this process.
final class Tftp {
  private static final long PATIENCE = 20_000_000_000L;

  private final Place place;
  private final Path file;

  Tftp(Place place, Path file) {
    this.place = place;
    this.file = file;
  }

  /// Fetches the file from this server, at these settings.
  ///
  /// @param line how it is started, with `PORT` for its port
  Place.Cost get(List<String> line, int blockSize, int window)
      throws IOException, MeasurementException, InterruptedException {
    int port = place.ports().next();
    List<String> command =
        line.stream().map(word -> word.replace("PORT", Integer.toString(port))).toList();
    Path target = place.work().resolve("fetched");
    var wishes = new TftpWishes(Mode.OCTET, blockSize, window, 1);
    var client =
        new TftpClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), wishes);
    try (RunningServer server = place.start(command, port)) {
      // A datagram says nothing about who is there: the first answer does.
      long end = System.nanoTime() + PATIENCE;
      while (true) {
        try {
          fetch(client, target);
          break;
        } catch (IOException nobody) {
          server.checkAlive();
          if (System.nanoTime() > end) {
            throw new MeasurementException(command + ": " + nobody.getMessage());
          }
        }
      }
      return place.measure(server, Files.size(file), () -> fetch(client, target));
    } finally {
      Files.deleteIfExists(target);
    }
  }

  private void fetch(TftpClient client, Path target) throws IOException, MeasurementException {
    client.get(file.getFileName().toString(), target, Progress.NONE);
    if (Files.mismatch(file, target) != -1) {
      throw new MeasurementException("what came by TFTP is not what was sent");
    }
  }
}
