package usher.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import usher.server.driver.Directory;
import usher.server.model.Entrance;
import usher.server.model.Seating;
import usher.server.net.Bound;
import usher.server.net.DatagramSockets;
import usher.server.net.Listener;
import usher.server.process.Childhood;
import usher.session.Capability;
import usher.session.Carriage;
import usher.session.Protocol;

/// An address, or a listening socket made by somebody else, and what is spoken there: a protocol,
/// or a handler of datagrams.
record Place(
    @Nullable Address address,
    @Nullable ServerSocketChannel made,
    @Nullable Protocol protocol,
    @Nullable DatagramHandler handler) {

  /// With this protocol where it has none of its own.
  Place orElse(@Nullable Protocol usual) {
    return protocol != null || handler != null ? this : new Place(address, made, usual, null);
  }

  Bound bind(Inheritance inheritance, int backlog, Model model) throws IOException {
    if (made != null) {
      return Listener.of(made);
    }
    Address wanted = requireNonNull(address);
    Optional<Listener> inherited = inheritance.take(wanted);
    return inherited.isPresent()
        ? inherited.get()
        : Bound.bind(wanted, backlog, Seating.sockets(model), model.processes());
  }

  Entrance entrance(Bound bound) {
    return switch (bound) {
      case Listener listener -> new Entrance.Streams(listener, requireNonNull(protocol));
      case DatagramSockets sockets when handler != null ->
          new Entrance.Datagrams(sockets.channels(), handler);
      case DatagramSockets sockets ->
          new Entrance.Conversations(sockets.channels(), requireNonNull(protocol), new Directory());
    };
  }

  /// The same in a child process.
  Entrance entrance(Childhood child) throws IOException {
    return handler == null
        ? new Entrance.Streams(Listener.of(child.listener()), requireNonNull(protocol))
        : new Entrance.Datagrams(List.of(child.datagrams()), handler);
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

  /// Whether the model can serve what has been bound for another one.
  ///
  /// @throws IllegalStateException with a sentence that says what does not fit
  static void checkBound(Model model, List<Bound> bound) {
    for (Bound each : bound) {
      if (model.processes() && each instanceof DatagramSockets sockets && !sockets.heritable()) {
        throw new IllegalStateException(
            "the sockets of "
                + sockets.address()
                + " were made for one process, and "
                + model.name()
                + " has several: begin with a model of several, and change to others from there");
      }
    }
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
    if (protocol.carriage() instanceof Carriage.Datagrams) {
      throw new IllegalStateException(
          protocol.name()
              + " is spoken in datagrams and needs a udp address; "
              + (address == null ? "a listening socket" : address)
              + " is one of streams");
    }
    checkNeeds(model, protocol);
  }

  private void checkDatagrams(Model model, Address.Udp udp) {
    if (handler != null) {
      return;
    }
    if (protocol == null || !(protocol.carriage() instanceof Carriage.Datagrams)) {
      throw new IllegalStateException(
          udp
              + " takes datagrams and needs a DatagramHandler: listen(address, handler)"
              + (protocol == null ? "" : "; " + protocol.name() + " is spoken over streams"));
    }
    if (model.processes()) {
      throw new IllegalStateException(
          protocol.name()
              + " is a conversation in datagrams, which lives in one process; "
              + model.name()
              + " has several: choose another model");
    }
    checkNeeds(model, protocol);
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
