package usher.lab.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import usher.lab.load.LoadPlan.Arrivals;
import usher.lab.load.LoadPlan.Shape;
import usher.lab.load.LoadPlan.Wire;
import usher.server.Address;

/// A plan for tests, changed a little at a time.
record Plans(LoadPlan plan) {
  /// Half a second at 200 a second over two connections that are kept, `GET /`.
  static Plans to(Address address) {
    return new Plans(
        new LoadPlan(
            address.toString(),
            Wire.HTTP,
            List.of(get("/")),
            Arrivals.EVEN,
            200,
            2,
            1,
            0,
            false,
            null,
            null,
            0,
            0.5,
            5,
            1));
  }

  /// A request that any answer with status 200 will do for.
  static Shape get(String path) {
    return new Shape(path, 1, "GET", path, 0, 200, -1, 0, 0);
  }

  /// A line or datagram of so many bytes, which is to come back as long.
  static Shape echo(int bytes) {
    return new Shape("echo", 1, "", "", bytes, 0, bytes, 0, 0);
  }

  Plans wire(Wire wire) {
    return with("wire", wire);
  }

  Plans shapes(Shape... shapes) {
    return with("shapes", List.of(shapes));
  }

  Plans closed() {
    return with("arrivals", Arrivals.CLOSED);
  }

  Plans greeting() {
    return with("greets", true);
  }

  Plans bound(double millis, long misses) {
    return with("bound", new LoadPlan.Bound(millis, misses));
  }

  Plans poisson(double rate) {
    return with("arrivals", Arrivals.POISSON).with("rate", rate);
  }

  Plans even(double rate) {
    return with("rate", rate);
  }

  Plans connections(int connections) {
    return with("connections", connections);
  }

  Plans pipeline(int pipeline) {
    return with("pipeline", pipeline);
  }

  Plans idle(int idle) {
    return with("idle", idle);
  }

  Plans seconds(double seconds) {
    return with("seconds", seconds);
  }

  Plans warm(double seconds) {
    return with("warmSeconds", seconds);
  }

  Plans patience(double seconds) {
    return with("patienceSeconds", seconds);
  }

  LoadReport run() throws IOException {
    return LoadGenerator.run(plan, _ -> {});
  }

  private Plans with(String component, Object value) {
    try {
      var components = LoadPlan.class.getRecordComponents();
      List<Object> values = new ArrayList<>();
      for (var one : components) {
        boolean changed = one.getName().equals(component);
        values.add(changed ? value : one.getAccessor().invoke(plan));
      }
      Class<?>[] types =
          Arrays.stream(components).map(one -> one.getType()).toArray(Class<?>[]::new);
      return new Plans(LoadPlan.class.getDeclaredConstructor(types).newInstance(values.toArray()));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component, e);
    }
  }
}
