package usher.server.model;

import java.io.IOException;
import java.util.List;
import usher.server.Connected;
import usher.server.Model;
import usher.server.Processes;
import usher.server.driver.House;
import usher.server.process.Childhood;
import usher.server.process.Pulse;
import usher.server.process.Staffing;

/// A model at work. Made, started, perhaps drained, ended; each at most once and in this order.
public interface Seating {
  /// Begins to accept and to receive.
  ///
  /// @return the threads that end soon after [#end]: the loops
  List<Thread> start() throws IOException;

  /// Accepts and receives no more. The sockets stay open, and another seating may use them.
  void stop();

  /// Lets the connections finish politely, and accepts and receives no more. May be said again,
  /// with less time. Sockets for datagrams are still open, since handlers in flight answer through
  /// them.
  ///
  /// @param parting how long silent ones may still be awaited, ns
  void drain(long parting);

  /// The connections, as they seem to be just now.
  List<Connected> connections(Model model);

  /// Cuts what is left and lets the threads end. All sockets are closed already.
  void end();

  /// How many sockets a UDP address should have under this model: one for each loop.
  static int sockets(Model model) {
    return model instanceof Model.EventLoops(int loops) ? loops : 1;
  }

  /// What tells that it is alive.
  default Pulse pulse() {
    return Pulse.ALONE;
  }

  /// The part of a child process: serves until it is told to leave, then ends the process.
  static void serve(Model model, House house, Processes ways, Childhood child, Entrance entrance)
      throws IOException {
    switch (model) {
      case Model.Prefork(int _, Model inner) ->
          new Prefork(house, ways, child, entrance, inner).serve();
      case Model.ProcessPerConnection _ ->
          new ProcessPerConnection(house, ways, child, entrance).serve();
      default -> throw new IllegalStateException(model.name() + " has no children");
    }
  }

  /// The model at work in a house with these entrances.
  ///
  /// @param tag which of the program's servers this is
  static Seating of(Model model, House house, Processes ways, String tag, List<Entrance> entrances)
      throws IOException {
    return switch (model) {
      case Model.Prefork(int children, Model _) ->
          new Parent(house, ways, model, tag, entrances, () -> new Staffing.Fixed(children));
      case Model.ProcessPerConnection(int least, int most) -> {
        int all = Math.min(ways.most(), house.limits().connections());
        yield new Parent(
            house, ways, model, tag, entrances, () -> new Staffing.Spare(least, most, all));
      }
      default -> of(model, house, entrances);
    };
  }

  /// A model of one process at work in a house with these entrances.
  static Seating of(Model model, House house, List<Entrance> entrances) {
    return switch (model) {
      case Model.Iterative() -> new Iterative(house, entrances);
      case Model.ThreadPerConnection() -> new ThreadPerConnection(house, entrances);
      case Model.ThreadPool(int threads) -> new ThreadPool(house, entrances, threads);
      case Model.VirtualThreads() -> new VirtualThreads(house, entrances);
      case Model.EventLoop() -> new EventLoops("event-loop", house, entrances, 1, null);
      case Model.EventLoops(int loops) ->
          new EventLoops("event-loops", house, entrances, loops, null);
      case Model.EventLoopWorkers(int workers) -> new EventLoopWorkers(house, entrances, workers);
      case Model.Prefork _, Model.ProcessPerConnection _ ->
          throw new IllegalArgumentException(model.name() + " lives in several processes");
    };
  }
}
