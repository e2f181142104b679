package usher.bench.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import usher.bench.contender.Installation;
import usher.bench.measure.Commands;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.Ports;
import usher.bench.report.Summary;
import usher.files.Checksum;

/// The command `bench/files`: the library of files by each of its doors, beside nginx, tftpd-hpa
/// and atftpd, in turns.
///
/// Exit codes: 0 when everything was measured, whatever the figures; 1 when a server failed; 2 when
/// the run could not begin.
@Command(
    name = "bench/files",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures what a GiB costs that is fetched or stored: the framed protocol, HTTP and TFTP,",
      "beside nginx with sendfile and dav, tftpd-hpa and atftpd; and the memory with 200 clients.",
      "Servers run on one core and clients on another. Do not use the machine meanwhile.",
    })
public final class Doors implements Callable<Integer> {
  private static final int WARM_ROUNDS = 60;
  private static final int MIB = 1 << 20;

  /// The block size and the window at which TFTP is compared: RFC 7440's example of a window.
  private static final int BLOCK = 1428;

  private static final int WINDOW = 16;
  private static final int USUAL_BLOCK = 512;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "MODEL",
      description = "Models of usher. Default: ${DEFAULT-VALUE}.")
  private List<String> models = List.of("event-loop-workers", "virtual-threads");

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ROW",
      description = "Of get, put, tftp, memory. Default: all.")
  private List<String> rows = List.of("get", "put", "tftp", "memory");

  @Option(names = "--mebibytes", description = "Size of the file. Default: 1024.")
  private @Nullable Integer mebibytes;

  @Option(names = "--repeats", description = "Rounds. Default: 3.")
  private @Nullable Integer repeats;

  @Option(names = "--server-cpu", defaultValue = "0", description = "Core of the servers.")
  private int serverCpu;

  @Option(names = "--load-cpu", defaultValue = "1", description = "Core of the clients.")
  private int loadCpu;

  @Option(names = "--quick", description = "One round of small files: does it still work?")
  private boolean quick;

  @Option(names = "--home", hidden = true, required = true)
  private Path home = Path.of(".");

  @Option(names = "--native", hidden = true, required = true)
  private Path program = Path.of("files");

  private final Map<String, List<Place.Cost>> costs = new LinkedHashMap<>();

  private Doors() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new Doors()).execute(arguments));
  }

  /// A measurement of one row.
  private interface Measuring {
    Place.Cost run() throws IOException, MeasurementException, InterruptedException;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path work = Files.createTempDirectory(program.toAbsolutePath().getParent(), "files-");
    try {
      Path folder = Files.createDirectory(work.resolve("folder"));
      Path source = folder.resolve("large");
      long size = (long) or(mebibytes, quick ? 16 : 1024) * MIB;
      fill(source, size);
      double tick = 1.0 / Commands.ticksPerSecond();
      Place place =
          new Place(
              home.toAbsolutePath().normalize(),
              program.toAbsolutePath(),
              work,
              folder,
              source,
              size,
              serverCpu,
              loadCpu,
              quick ? 1 : 3,
              tick,
              new Ports());
      measure(place);
    } catch (MeasurementException failed) {
      System.err.println("bench/files: " + failed.getMessage());
      return 1;
    } finally {
      delete(work);
    }
    return 0;
  }

  private void measure(Place place) throws IOException, MeasurementException, InterruptedException {
    Path nginx = needed("nginx");
    var streams = new Streams(place, nginx, checksum(place.source()));
    Path small = place.source().resolveSibling("small");
    fill(small, Math.min(place.size(), 64L * MIB));
    for (int round = 1; round <= or(repeats, quick ? 1 : 3); round++) {
      if (rows.contains("get")) {
        row("get: nginx, sendfile", () -> streams.get(Streams.Door.NGINX, ""));
        for (String model : models) {
          row("get: framed, " + model, () -> streams.get(Streams.Door.FRAMED, model));
          row("get: http, " + model, () -> streams.get(Streams.Door.HTTP, model));
        }
      }
      if (rows.contains("put")) {
        row("put: nginx, dav, then fsync", () -> streams.put(Streams.Door.NGINX, ""));
        for (String model : models) {
          row("put: framed, " + model, () -> streams.put(Streams.Door.FRAMED, model));
          row("put: http, " + model, () -> streams.put(Streams.Door.HTTP, model));
        }
      }
      if (rows.contains("tftp")) {
        tftp(new Tftp(place, small), place.folder(), place);
      }
    }
    print();
    if (rows.contains("memory")) {
      memory(place);
    }
  }

  private void tftp(Tftp tftp, Path folder, Place place)
      throws IOException, MeasurementException, InterruptedException {
    List<String> hpa =
        List.of(
            needed("in.tftpd").toString(),
            "-L",
            "-a",
            "127.0.0.1:PORT",
            "-u",
            user(),
            "-s",
            "" + folder);
    row("tftp 512: tftpd-hpa", () -> tftp.get(hpa, USUAL_BLOCK, 1));
    row("tftp 1428: tftpd-hpa", () -> tftp.get(hpa, BLOCK, 1));
    Optional<Path> other = atftpd();
    if (other.isPresent()) {
      List<String> atftpd =
          List.of(
              other.get().toString(),
              "--daemon",
              "--no-fork",
              "--bind-address",
              "127.0.0.1",
              "--port",
              "PORT",
              "--user",
              user(),
              "" + folder);
      row("tftp 1428, window 16: atftpd", () -> tftp.get(atftpd, BLOCK, WINDOW));
    }
    for (String model : models) {
      List<String> own =
          List.of(
              place.home().resolve("usher").toString(),
              "files",
              folder.toString(),
              "--model",
              model,
              "--listen",
              "unix:" + place.work().resolve("socket"),
              "--tftp",
              "udp:127.0.0.1:PORT");
      row("tftp 512: usher, " + model, () -> tftp.get(own, USUAL_BLOCK, 1));
      row("tftp 1428: usher, " + model, () -> tftp.get(own, BLOCK, 1));
      row("tftp 1428, window 16: usher, " + model, () -> tftp.get(own, BLOCK, WINDOW));
    }
  }

  private void memory(Place place) throws IOException, MeasurementException, InterruptedException {
    System.out.printf("%n| memory, MiB | 10 clients | 200 clients |%n|---|--:|--:|%n");
    var crowd = new Crowd(place, quick ? 1 : WARM_ROUNDS);
    for (String model : List.of("virtual-threads", "event-loop")) {
      long few = crowd.memory(model, 10);
      long many = crowd.memory(model, quick ? 20 : 200);
      System.out.printf("| `%s` | %d | %d |%n", model, few / MIB, many / MIB);
    }
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  private void row(String name, Measuring measuring)
      throws IOException, MeasurementException, InterruptedException {
    Place.Cost cost = measuring.run();
    System.out.printf("%-45s %6.3f s CPU, %6.3f s, a GiB%n", name, cost.cpu(), cost.seconds());
    costs.computeIfAbsent(name, _ -> new ArrayList<>()).add(cost);
  }

  private void print() {
    System.out.printf("%n| a GiB | CPU, s | time, s |%n|---|--:|--:|%n");
    costs.forEach(
        (name, all) -> {
          Summary cpu = Summary.of(all.stream().map(Place.Cost::cpu).toList());
          Summary seconds = Summary.of(all.stream().map(Place.Cost::seconds).toList());
          System.out.printf(
              "| %s | %.3f (%.3f–%.3f) | %.3f (%.3f–%.3f) |%n",
              name,
              cpu.median(),
              cpu.min(),
              cpu.max(),
              seconds.median(),
              seconds.min(),
              seconds.max());
        });
  }

  private Path needed(String name) throws MeasurementException {
    return Installation.find(name)
        .orElseThrow(
            () -> new MeasurementException(name + " is missing; see .ci/steps/10-packages.sh"));
  }

  /// Its package cannot be installed beside that of tftpd-hpa, so it may be unpacked.
  private Optional<Path> atftpd() {
    Path unpacked = home.resolve("clients/target/atftpd/usr/sbin/atftpd");
    return Files.isExecutable(unpacked) ? Optional.of(unpacked) : Installation.find("atftpd");
  }

  private static int or(@Nullable Integer given, int usual) {
    return given == null ? usual : given;
  }

  private static String checksum(Path file) throws IOException {
    MessageDigest digest = Checksum.digest();
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Checksum.of(digest).toString();
  }

  private static void fill(Path file, long size) throws IOException {
    byte[] piece = new byte[MIB];
    new Random(1).nextBytes(piece);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long at = 0; at < size; at += MIB) {
        out.write(piece);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
