package usher.lab.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import usher.lab.load.LoadPlan;
import usher.lab.subject.ForeignSubject;
import usher.lab.subject.ServerProcess;
import usher.lab.subject.Subject;
import usher.lab.subject.SubjectException;
import usher.lab.subject.SubjectPlan;
import usher.lab.workload.Workload;
import usher.server.Model;

/// The servers of a run. One is started when it is first asked for, and stays, asleep while others
/// are measured: what it has compiled serves its next workload.
///
/// One of ours has answered once before it is given away, and how long that took is told.
///
/// For one thread; [#close] may come from any.
final class Fleet implements AutoCloseable {
  private final LabRequest request;
  private final SubjectPlan plan;
  private final Starts starts;
  private final Map<String, Subject> running = new ConcurrentHashMap<>();

  /// Told of each server that was started.
  @FunctionalInterface
  interface Starts {
    /// One was started.
    ///
    /// @param millis from nothing to its first answer
    void started(String name, String handler, double millis);
  }

  Fleet(LabRequest request, SubjectPlan plan, Starts starts) {
    this.request = request;
    this.plan = plan;
    this.starts = starts;
  }

  /// All names, in the order of the tables.
  List<String> names() {
    List<String> all = new ArrayList<>(request.models().stream().map(SubjectPlan::nameOf).toList());
    request.foreign().ifPresent(all::add);
    return all;
  }

  /// The model of one of ours; null for the server of others.
  @Nullable Model model(String name) {
    return request.models().stream()
        .filter(model -> SubjectPlan.nameOf(model).equals(name))
        .findFirst()
        .orElse(null);
  }

  /// Whether the server for it runs already.
  boolean runs(String name, Workload workload) {
    return running.containsKey(key(name, workload));
  }

  /// The server of this name with the handler of this workload.
  Subject of(String name, Workload workload) throws SubjectException, IOException {
    Subject there = running.get(key(name, workload));
    if (there != null) {
      return there;
    }
    Model model = model(name);
    if (model == null) {
      Subject foreign = new ForeignSubject(name, "tcp:" + request.foreign().orElseThrow());
      running.put(key(name, workload), foreign);
      return foreign;
    }
    ServerProcess started = plan.start(model, request.handler(workload));
    running.put(key(name, workload), started);
    if (workload.wire() != LoadPlan.Wire.DATAGRAM) {
      double millis =
          FirstAnswer.millis(started, workload.loadShapes().getFirst(), workload.wire());
      starts.started(name, request.handler(workload), millis);
    }
    return started;
  }

  /// Another server in place of one that cannot be used any more. One of others stays.
  Subject anew(String name, Workload workload) throws SubjectException, IOException {
    Subject old = running.remove(key(name, workload));
    if (old != null) {
      old.close();
    }
    return of(name, workload);
  }

  private String key(String name, Workload workload) {
    return request.handler(workload) + " " + name;
  }

  @Override
  public void close() {
    running.values().forEach(Subject::close);
  }
}
