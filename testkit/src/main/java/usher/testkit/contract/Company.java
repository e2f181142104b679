package usher.testkit.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import usher.server.Model;

/// A suite under a model of several processes: a [TrialProgram] for each transport, all at the same
/// time, and what they say. The whole of a suite starts from an [Archive]; a part of it has ended
/// before one is made.
final class Company implements AutoCloseable {
  /// The last of them may come when all others are through.
  private static final int PATIENCE_MINUTES = 10;

  private static final boolean WHOLE = Boolean.getBoolean(Suite.WHOLE);

  private final Map<Transport, Programme> programmes = new EnumMap<>(Transport.class);

  /// @param maker the method that makes the suite, as `class#method`
  /// @param folder for what the trials leave, and for the archive that they start from
  Company(Suite suite, String maker, Model model, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<String> options = List.of("-cp", System.getProperty("java.class.path"));
    if (WHOLE) {
      Archive archive = new Archive(folder);
      archive.make(maker);
      options = archive.options();
    }
    for (Transport transport : suite.transports()) {
      if (suite.anything(model, transport)) {
        Path own = Files.createTempDirectory(folder, transport.label());
        programmes.put(
            transport, new Programme(suite, line(options, maker, model, transport, own)));
      }
    }
  }

  private static List<String> line(
      List<String> options, String maker, Model model, Transport transport, Path folder) {
    List<String> line = new ArrayList<>(Archive.common());
    line.addAll(options);
    line.add("-D" + Suite.WHOLE + "=" + WHOLE);
    line.addAll(
        List.of(
            TrialProgram.class.getName(),
            maker,
            model.text(),
            transport.name(),
            folder.toString()));
    return line;
  }

  /// Waits for a trial.
  ///
  /// @throws AssertionError if it failed, with what was said there
  void outcome(Behaviour behaviour, Transport transport) throws InterruptedException {
    Programme programme = programmes.get(transport);
    if (programme == null) {
      throw new IllegalArgumentException(transport + " is skipped");
    }
    String failure;
    try {
      failure = programme.outcome(behaviour.name()).get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the program of the trial said nothing of it", e);
    }
    if (!failure.isEmpty()) {
      throw new AssertionError("in another process: " + failure);
    }
  }

  @Override
  public void close() {
    programmes.values().forEach(Programme::close);
  }

  /// One transport's.
  private static final class Programme implements AutoCloseable {
    private final List<String> names;
    private final Process process;
    private final Map<String, CompletableFuture<String>> outcomes = new ConcurrentHashMap<>();
    private volatile boolean over;

    Programme(Suite suite, List<String> line) throws IOException {
      names =
          suite.groups().stream()
              .flatMap(group -> group.behaviours().stream())
              .map(Behaviour::name)
              .toList();
      process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Thread.ofPlatform().daemon().name("contract-reader").start(this::read);
    }

    private void read() {
      try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          if (line.startsWith(TrialProgram.WORD)) {
            String[] both = line.substring(TrialProgram.WORD.length()).split(" ", -1);
            boolean _ =
                outcome(names.get(Integer.parseInt(both[0])))
                    .complete(
                        new String(Base64.getDecoder().decode(both[1]), StandardCharsets.UTF_8));
          }
        }
      } catch (IOException ended) {
        // Those who wait are told.
      }
      over = true;
      outcomes.values().forEach(each -> each.complete("the program ended before"));
    }

    CompletableFuture<String> outcome(String name) {
      CompletableFuture<String> outcome =
          outcomes.computeIfAbsent(name, _ -> new CompletableFuture<>());
      if (over) {
        outcome.complete("the program ended before");
      }
      return outcome;
    }

    @Override
    public void close() {
      // A program whose trials are through has ended; its children end with it.
      process.destroyForcibly();
    }
  }
}
