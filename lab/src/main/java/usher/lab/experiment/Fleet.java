package usher.lab.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import usher.lab.subject.ForeignSubject;
import usher.lab.subject.Subject;
import usher.lab.subject.SubjectException;
import usher.lab.subject.SubjectPlan;
import usher.server.Model;

/// The servers of a run. One is started when it is first asked for, and stays, asleep while others
/// are measured: what it has compiled serves its next workload.
///
/// For one thread; [#close] may come from any.
final class Fleet implements AutoCloseable {
  private final LabRequest request;
  private final SubjectPlan plan;
  private final Map<String, Subject> running = new ConcurrentHashMap<>();

  Fleet(LabRequest request, SubjectPlan plan) {
    this.request = request;
    this.plan = plan;
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

  /// The server of this name with this handler.
  Subject of(String name, String handler) throws SubjectException, IOException {
    String key = handler + " " + name;
    Subject there = running.get(key);
    if (there == null) {
      Model model = model(name);
      there =
          model == null
              ? new ForeignSubject(name, "tcp:" + request.foreign().orElseThrow())
              : plan.start(model, handler);
      running.put(key, there);
    }
    return there;
  }

  /// Another server in place of one that cannot be used any more. One of others stays.
  Subject anew(String name, String handler) throws SubjectException, IOException {
    Subject old = running.remove(handler + " " + name);
    if (old != null) {
      old.close();
    }
    return of(name, handler);
  }

  @Override
  public void close() {
    running.values().forEach(Subject::close);
  }
}
