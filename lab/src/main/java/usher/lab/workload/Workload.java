package usher.lab.workload;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import usher.lab.load.LoadPlan;
import usher.lab.result.Objective;

/// One workload. The built-in ones are `workloads.json` beside this class, in the form that a
/// user's file has as well.
///
/// @param name as on the command line: small letters, digits and hyphens
/// @param description in a few words
/// @param handler who answers: `http`, `line` or `datagram` of the built-in ones, or `user`
/// @param wire how requests are carried
/// @param connections at once
/// @param pipeline requests under way on one connection
/// @param objective that its rates must meet, such as `p99=50ms`
/// @param patience seconds after which a client gives up
/// @param commonRate requests a second for all, or 0: half of the median of what they can
/// @param measures what is found out
/// @param shapes the kinds of request
public record Workload(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String description,
    @JsonProperty(required = true) String handler,
    @JsonProperty(required = true) LoadPlan.Wire wire,
    int connections,
    int pipeline,
    @JsonProperty(required = true) String objective,
    double patience,
    double commonRate,
    @JsonProperty(required = true) Set<Measure> measures,
    @JsonProperty(required = true) List<Request> shapes) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");
  private static final int USUAL_CONNECTIONS = 64;
  private static final double USUAL_PATIENCE = 1;
  private static final Set<String> HANDLERS = Set.of("http", "line", "datagram", "user");

  /// @throws IllegalArgumentException with a sentence if this is no workload
  public Workload {
    measures = Set.copyOf(measures);
    shapes = List.copyOf(shapes);
    connections = connections == 0 ? USUAL_CONNECTIONS : connections;
    pipeline = pipeline == 0 ? 1 : pipeline;
    patience = patience == 0 ? USUAL_PATIENCE : patience;
    must(NAME.matcher(name).matches(), "a name has small letters, digits and hyphens: " + name);
    must(HANDLERS.contains(handler), name + ": the handler is one of " + HANDLERS);
    must(!shapes.isEmpty(), name + ": a workload has a shape");
    must(connections > 0 && pipeline > 0, name + ": connections and pipeline are above 0");
    must(patience > 0 && commonRate >= 0, name + ": patience and commonRate are above 0");
    Objective _ = Objectives.parse(objective);
  }

  private static void must(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  /// One kind of request, with what can be left out.
  ///
  /// @param name of it, beside others; the workload's own where there is but one
  /// @param weight its share is its weight over the sum of all; 1 where it is left out
  /// @param path of HTTP
  /// @param method of HTTP; `POST` where something is sent, else `GET`
  /// @param sends bytes of the request's body, line or datagram
  /// @param expects status of a good answer; 200 where it is left out
  /// @param receives bytes of a good answer, if that matters
  /// @param sendRate bytes a second at which the body is sent, if not as fast as it goes
  /// @param readRate bytes a second at which the answer is read, if not as fast as it comes
  public record Request(
      @Nullable String name,
      double weight,
      @Nullable String path,
      @Nullable String method,
      long sends,
      int expects,
      @Nullable Long receives,
      long sendRate,
      long readRate) {
    LoadPlan.Shape shape(String workload) {
      return new LoadPlan.Shape(
          name == null ? workload : name,
          weight == 0 ? 1 : weight,
          method == null ? (sends > 0 ? "POST" : "GET") : method,
          path == null ? "/" : path,
          sends,
          expects == 0 ? 200 : expects,
          receives == null ? -1 : receives,
          sendRate,
          readRate);
    }
  }

  /// As the load generator has them.
  public List<LoadPlan.Shape> loadShapes() {
    return shapes.stream().map(shape -> shape.shape(name)).toList();
  }

  /// The latency that is good enough.
  public Objective goal() {
    return Objectives.parse(objective);
  }

  /// The same workload with another objective.
  public Workload withObjective(String other) {
    return new Workload(
        name,
        description,
        handler,
        wire,
        connections,
        pipeline,
        other,
        patience,
        commonRate,
        measures,
        shapes);
  }

  /// The same workload over no more than so many connections.
  public Workload atMost(int others) {
    return new Workload(
        name,
        description,
        handler,
        wire,
        Math.min(connections, others),
        pipeline,
        objective,
        patience,
        commonRate,
        measures,
        shapes);
  }

  /// The same workload with another common rate.
  public Workload withCommonRate(double rate) {
    return new Workload(
        name,
        description,
        handler,
        wire,
        connections,
        pipeline,
        objective,
        patience,
        rate,
        measures,
        shapes);
  }

  /// All that it is made of, for the report.
  public Map<String, String> parameters() {
    Map<String, String> all = new TreeMap<>();
    all.put("handler", handler);
    all.put("wire", wire.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    all.put("connections", "" + connections);
    all.put("pipeline", "" + pipeline);
    all.put("patience", patience + " s");
    all.put(
        "requests",
        loadShapes().stream()
            .map(
                shape ->
                    shape.weight()
                        + " × "
                        + shape.method()
                        + " "
                        + shape.path()
                        + (shape.sends() > 0 ? ", sends " + shape.sends() : "")
                        + (shape.sendRate() > 0 ? " at " + shape.sendRate() + " B/s" : "")
                        + (shape.readRate() > 0 ? ", reads at " + shape.readRate() + " B/s" : ""))
            .collect(Collectors.joining("; ")));
    return all;
  }
}
