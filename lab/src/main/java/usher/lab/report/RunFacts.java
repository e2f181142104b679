package usher.lab.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import usher.lab.result.GeneratorNote;
import usher.lab.result.LabResult;
import usher.lab.result.Machine;
import usher.lab.result.Wording;
import usher.lab.result.WorkloadNote;

/// What both reports say of a run itself.
final class RunFacts {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunFacts() {}

  record Fact(String name, String value) {}

  static String when(LabResult result) {
    return MINUTE.format(result.begun());
  }

  static List<Fact> machine(LabResult result) {
    Machine machine = result.machine();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Processor", machine.processor()));
    facts.add(new Fact("Cores", Integer.toString(machine.cores())));
    facts.add(
        new Fact("Memory", Wording.number(machine.memoryBytes() / (double) (1 << 30)) + " GiB"));
    facts.add(new Fact("Pinning", machine.pinning()));
    facts.add(new Fact("System", machine.system()));
    facts.add(new Fact("JDK", machine.java()));
    facts.add(new Fact("Options of the JVM", machine.flags()));
    facts.add(new Fact("usher", machine.usher()));
    facts.add(new Fact("Begun", when(result)));
    facts.add(new Fact("Duration", Wording.number(result.seconds()) + " s"));
    facts.add(new Fact("Repeats", Integer.toString(result.repeats())));
    facts.add(new Fact("Seed", Long.toString(result.seed())));
    return facts;
  }

  /// What the load generator found out about itself.
  static String generator(LabResult result) {
    GeneratorNote generator = result.generator();
    return "Against an answer that costs nothing, the load generator reaches %s requests/s at %s µs of its own CPU each; at p99.9 it sends %s ms late."
        .formatted(
            Wording.number(generator.highestRate()),
            Wording.number(generator.cpuMicros()),
            Wording.number(generator.lagMillis()));
  }

  /// Of the generator, the run and its cells.
  static List<String> warnings(LabResult result) {
    return Stream.of(
            result.generator().warnings().stream(),
            result.remarks().stream(),
            result.cells().stream()
                .flatMap(
                    cell ->
                        cell.remarks().stream()
                            .map(
                                remark ->
                                    cell.subject() + " under " + cell.workload() + ": " + remark)))
        .flatMap(warnings -> warnings)
        .toList();
  }

  /// The objective and the common rate of a workload.
  static String terms(WorkloadNote workload) {
    String objective =
        "Objective: %s%% within %s ms."
            .formatted(
                Wording.number(workload.objective().share() * 100),
                Wording.number(workload.objective().millis()));
    return workload.commonRate() > 0
        ? objective + " Common rate: " + Wording.number(workload.commonRate()) + " requests/s."
        : objective;
  }

  /// What a workload was made of, in the order of the names.
  static String parameters(WorkloadNote workload) {
    return workload.parameters().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
