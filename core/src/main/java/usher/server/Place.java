package usher.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import usher.server.model.Entrance;
import usher.server.net.Bound;
import usher.server.net.DatagramSockets;
import usher.server.net.Listener;
import usher.session.Capability;
import usher.session.Protocol;

/// An address, or a listening socket made by somebody else, and what is spoken there: a protocol
/// over streams, or a handler of datagrams.
record Place(
    @Nullable Address address,
    @Nullable ServerSocketChannel made,
    @Nullable Protocol protocol,
    @Nullable DatagramHandler handler) {

  /// With this protocol where it has none of its own.
  Place orElse(@Nullable Protocol usual) {
    return protocol != null || handler != null ? this : new Place(address, made, usual, null);
  }

  /// @param sockets how many sockets shall share a UDP address, where that can be
  Bound bind(Inheritance inheritance, int backlog, int sockets) throws IOException {
    if (made != null) {
      return Listener.of(made);
    }
    Address wanted = requireNonNull(address);
    Optional<Listener> inherited = inheritance.take(wanted);
    return inherited.isPresent() ? inherited.get() : Bound.bind(wanted, backlog, sockets);
  }

  Entrance entrance(Bound bound) {
    return switch (bound) {
      case Listener listener -> new Entrance.Streams(listener, requireNonNull(protocol));
      case DatagramSockets sockets ->
          new Entrance.Datagrams(sockets.channels(), requireNonNull(handler));
    };
  }

  /// Whether everything is there, and the model can serve it.
  ///
  /// @throws IllegalStateException with a sentence that says what is missing or does not fit
  static void check(Model model, List<Place> places) {
    Optional<String> obstacle = model.obstacle();
    if (obstacle.isPresent()) {
      throw new IllegalStateException(
          model.name() + " cannot be had here: " + obstacle.get() + "; choose another model");
    }
    places.forEach(place -> place.check(model));
  }

  private void check(Model model) {
    if (address instanceof Address.Udp udp) {
      checkDatagrams(model, udp);
      return;
    }
    if (handler != null) {
      throw new IllegalStateException(
          "a DatagramHandler needs a udp address; "
              + address
              + " is one of streams and needs a protocol");
    }
    if (protocol == null) {
      throw new IllegalStateException("a server needs a protocol: serve(…)");
    }
    checkNeeds(model, protocol);
  }

  private void checkDatagrams(Model model, Address.Udp udp) {
    if (model.processes()) {
      throw new IllegalStateException(
          udp
              + " takes datagrams, and "
              + model.name()
              + " serves streams only; choose another model");
    }
    if (handler == null) {
      throw new IllegalStateException(
          udp
              + " takes datagrams and needs a DatagramHandler: listen(address, handler)"
              + (protocol == null ? "" : "; " + protocol.name() + " is spoken over streams"));
    }
  }

  private static void checkNeeds(Model model, Protocol spoken) {
    Set<Capability> missing =
        spoken.needs().stream()
            .filter(need -> !model.capabilities().contains(need))
            .collect(Collectors.toSet());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "%s needs a model that %s; %s does not: use %s"
              .formatted(
                  spoken.name(),
                  missing.stream()
                      .map(Capability::meaning)
                      .sorted()
                      .collect(Collectors.joining(" and ")),
                  model.name(),
                  Model.all().stream()
                      .filter(other -> other.capabilities().containsAll(spoken.needs()))
                      .map(Model::name)
                      .collect(Collectors.joining(", "))));
    }
  }
}
