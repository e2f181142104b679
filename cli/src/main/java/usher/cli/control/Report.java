package usher.cli.control;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import usher.server.Address;
import usher.server.Blocked;
import usher.server.Connected;
import usher.server.Seated;
import usher.server.Server;

/// What a running server says of itself, as JSON.
final class Report {
  private static final int DEEPEST = 64;
  private static final int MOST = 1_000;
  private static final int MILLI = 1_000_000;

  private final Running running;
  private final JsonMapper json;

  Report(Running running, JsonMapper json) {
    this.running = running;
    this.json = json;
  }

  ObjectNode status() {
    Server server = running.server();
    ObjectNode status = json.createObjectNode();
    status.put("pid", ProcessHandle.current().pid());
    status.put("what", running.what());
    status.put("since", running.since().toString());
    status.put("upSeconds", Duration.between(running.since(), Instant.now()).toSeconds());
    status.put("state", server.paused() ? "draining" : "serving");
    status.put("ready", running.health().ready());
    status.put("model", server.model().text());
    ArrayNode models = status.putArray("models");
    for (Seated seated : server.seated()) {
      models.addObject().put("model", seated.model().text()).put("clients", seated.clients());
    }
    ArrayNode addresses = status.putArray("addresses");
    server.addresses().stream().map(Address::toString).forEach(addresses::add);
    status.put("active", server.active());
    status.put("served", server.served());
    status.put("dropped", server.dropped());
    Runtime runtime = Runtime.getRuntime();
    status.put("heapBytes", runtime.totalMemory() - runtime.freeMemory());
    status.put("residentBytes", resident());
    status.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
    status.put("processes", 1 + ProcessHandle.current().children().count());
    return status;
  }

  /// Of this process alone; 0 where the system does not tell.
  private static long resident() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException untold) {
      return 0;
    }
  }

  /// The oldest first.
  ObjectNode connections() {
    ObjectNode report = json.createObjectNode();
    ArrayNode connections = report.putArray("connections");
    List<Connected> all = running.server().connections();
    all.stream()
        .sorted(Comparator.comparing(Connected::age).reversed())
        .limit(MOST)
        .forEach(
            each ->
                connections
                    .addObject()
                    .put("remote", each.remote())
                    .put("local", each.local())
                    .put("model", each.model().text())
                    .put("sinceMillis", each.age().toMillis())
                    .put("does", each.does())
                    .put("bytesIn", each.bytesIn())
                    .put("bytesOut", each.bytesOut()));
    report.put("more", Math.max(0, all.size() - MOST));
    return report;
  }

  /// The platform threads, the busiest first.
  ObjectNode threads(boolean stacks) {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    ObjectNode report = json.createObjectNode();
    if (stacks) {
      ArrayNode stuck = report.putArray("stuck");
      for (Blocked blocked : running.server().blocked()) {
        ArrayNode calls = stuck.addObject().put("what", blocked.summary()).putArray("stack");
        blocked.stack().forEach(calls::add);
      }
    }
    ArrayNode threads = report.putArray("threads");
    Arrays.stream(bean.dumpAllThreads(false, false, stacks ? DEEPEST : 0))
        .sorted(
            Comparator.comparingLong((ThreadInfo info) -> bean.getThreadCpuTime(info.getThreadId()))
                .reversed())
        .forEach(
            info -> {
              ObjectNode thread = threads.addObject();
              thread.put("name", info.getThreadName());
              thread.put("state", info.getThreadState().name());
              thread.put("cpuMillis", bean.getThreadCpuTime(info.getThreadId()) / MILLI);
              if (stacks) {
                ArrayNode calls = thread.putArray("stack");
                for (StackTraceElement call : info.getStackTrace()) {
                  calls.add(call.toString());
                }
              }
            });
    return report;
  }
}
