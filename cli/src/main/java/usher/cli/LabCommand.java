package usher.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Signals;
import usher.cli.console.Style;
import usher.cli.console.Terminal;
import usher.cli.lab.LabOptions;
import usher.cli.lab.LiveTable;
import usher.lab.compare.Comparison;
import usher.lab.compare.ComparisonText;
import usher.lab.experiment.Lab;
import usher.lab.experiment.LabException;
import usher.lab.experiment.LabRequest;
import usher.lab.recommend.Recommendation;
import usher.lab.recommend.Wishes;
import usher.lab.report.ConsoleAdvice;
import usher.lab.report.ConsoleTable;
import usher.lab.report.ReportFiles;
import usher.lab.result.LabResult;
import usher.lab.result.ResultCsv;
import usher.lab.result.ResultFile;
import usher.lab.result.WorkloadNote;
import usher.lab.workload.Workloads;

/// `usher lab`: every model measured, side by side, and which one fits.
final class LabCommand implements Command {
  private static final int INTERRUPTED = 130;
  private static final int WIDTH = 100;

  @Override
  public String name() {
    return "lab";
  }

  @Override
  public String summary() {
    return "Measures every model on your handler, and says which one fits.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    LabOptions.add(spec);
    spec.usageMessage()
        .customSynopsis("usher lab [OPTION...]")
        .footer(
            Commands.example("usher lab", "All models, all workloads: some minutes."),
            Commands.example(
                "usher lab --quick --models event-loop,virtual-threads --workloads hello,wait",
                "A look at two of them."),
            Commands.example(
                "usher lab --handler my.Shop --classpath shop.jar --path '/cart?id=7'",
                "Your own handler."),
            Commands.example(
                "usher lab --url http://localhost:8080/ --models event-loop",
                "A server that runs already, beside ours."),
            Commands.example(
                "usher lab --compare usher-lab/result.json --out today",
                "With an earlier run: exit code 1 if something got worse."),
            Commands.example(
                "usher lab --print-workloads > mine.json", "The built-in ones, to be changed."),
            "",
            "Exit codes: 0 measured; 1 it failed, or got worse than --compare, or nothing could be compared; 2 the",
            "command line is wrong; 130 stopped with Ctrl-C: what was measured until then is written.");
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) throws IOException {
    if (given.hasMatchedOption("--print-workloads")) {
      terminal.out().print(Workloads.text());
      terminal.out().flush();
      return Failure.OK;
    }
    Optional<LabResult> old = LabOptions.old(given);
    String command =
        "usher lab " + String.join(" ", given.originalArgs().stream().skip(1).toList());
    LabRequest request = LabOptions.read(given, old, command.strip());
    Path folder = Path.of(given.matchedOptionValue("--out", LabOptions.OUT));
    Wishes wishes = LabOptions.wishes(given);
    AtomicBoolean stopped = new AtomicBoolean();
    LabResult result = measure(request, terminal, given.hasMatchedOption("--quiet"), stopped);
    // The report's plots are drawn by a library that would look for a screen.
    System.setProperty("java.awt.headless", "true");
    ReportFiles.write(result, wishes, folder);
    boolean printed = extra(given, result, terminal);
    if (!printed) {
      show(result, wishes, terminal);
    }
    terminal.say(terminal.onErr(Style.GREEN, "report: ") + folder.resolve("report.html"));
    if (stopped.get()) {
      return INTERRUPTED;
    }
    return old.isPresent() && regressed(old.get(), result, terminal) ? Failure.FAILED : Failure.OK;
  }

  /// Ctrl-C ends the measuring; what was found until then is kept.
  private static LabResult measure(
      LabRequest request, Terminal terminal, boolean quiet, AtomicBoolean stopped)
      throws IOException {
    String version = String.valueOf(LabCommand.class.getPackage().getImplementationVersion());
    try (LiveTable table = LiveTable.of(terminal, quiet);
        Lab lab = new Lab(request, table, version)) {
      Thread measuring = Thread.currentThread();
      Signals.handle("INT", measuring::interrupt);
      Signals.handle("TERM", measuring::interrupt);
      try {
        return lab.run();
      } catch (InterruptedException stop) {
        stopped.set(true);
        return lab.unfinished();
      }
    } catch (LabException failed) {
      throw Failure.failed(String.valueOf(failed.getMessage()));
    }
  }

  private static void show(LabResult result, Wishes wishes, Terminal terminal) {
    for (WorkloadNote workload : result.workloads()) {
      terminal.print("");
      terminal.print(ConsoleTable.of(result, workload.name(), WIDTH, terminal.outColours()));
    }
    terminal.print("");
    terminal.out().print(ConsoleAdvice.of(Recommendation.of(result, wishes), WIDTH));
    terminal.out().flush();
    result.remarks().forEach(terminal::warn);
  }

  private static boolean extra(ParseResult given, LabResult result, Terminal terminal)
      throws IOException {
    boolean printed = false;
    String json = given.matchedOptionValue("--json", null);
    if (json != null) {
      printed |= put(json, ResultFile.json(result), terminal);
    }
    String csv = given.matchedOptionValue("--csv", null);
    if (csv != null) {
      printed |= put(csv, ResultCsv.of(result), terminal);
    }
    return printed;
  }

  private static boolean put(String file, String text, Terminal terminal) throws IOException {
    if (file.equals("-")) {
      terminal.out().print(text);
      terminal.out().flush();
      return true;
    }
    Files.writeString(Path.of(file), text, StandardCharsets.UTF_8);
    return false;
  }

  private static boolean regressed(LabResult old, LabResult now, Terminal terminal) {
    Comparison comparison = Comparison.of(old, now);
    terminal.print(ComparisonText.of(comparison));
    return comparison.regressed() || comparison.tellsNothing();
  }
}
