package usher.cli.serving;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import usher.server.Address;
import usher.server.Admission;
import usher.server.DatagramHandler;
import usher.server.Inheritance;
import usher.server.Model;
import usher.server.Patience;
import usher.server.Probe;
import usher.server.Server;
import usher.session.Limits;
import usher.session.Protocol;
import usher.session.Timeouts;

/// How to serve, as the command line says it.
///
/// @param addressed whether the addresses were named, or are the usual ones
/// @param drain how long clients may take to finish once the server is asked to stop
/// @param admission whom it lets in, and what it still takes on
/// @param patience how long handlers may hold their threads until that is told
/// @param admin where health and metrics are asked for, if anywhere
/// @param quiet whether nothing but trouble is told
/// @param administration how the running server is looked after
/// @param again reads the file of options once more
public record Settings(
    Model model,
    List<Address> addresses,
    boolean addressed,
    Limits limits,
    Timeouts timeouts,
    Admission admission,
    Patience patience,
    Duration drain,
    Optional<Address> admin,
    boolean quiet,
    Administration administration,
    Supplier<Settings> again) {
  public Settings {
    addresses = List.copyOf(addresses);
  }

  /// A server for this protocol. Nothing is bound yet.
  public Server server(Protocol protocol) {
    return server(Doors.of(protocol), Inheritance.none(), Probe.logging());
  }

  /// A server with these doors.
  Server server(Doors doors, Inheritance inheritance, Probe probe) {
    DatagramHandler datagrams = doors.datagrams();
    Server.Builder builder =
        Server.builder()
            .serve(doors.main())
            .model(model)
            .limits(limits)
            .timeouts(timeouts)
            .inherit(inheritance)
            .admission(admission)
            .patience(patience)
            .probe(probe);
    for (Address address : addresses) {
      if (datagrams != null && address instanceof Address.Udp) {
        builder.listen(address, datagrams);
      } else {
        builder.listen(address);
      }
    }
    for (Doors.Door door : doors.more()) {
      builder.listen(door.address(), door.protocol());
    }
    return builder.build();
  }

  /// The same at other addresses.
  Settings at(List<Address> value) {
    return new Settings(
        model,
        value,
        addressed,
        limits,
        timeouts,
        admission,
        patience,
        drain,
        admin,
        quiet,
        administration,
        again);
  }

  Settings withLimits(Limits value) {
    return new Settings(
        model,
        addresses,
        addressed,
        value,
        timeouts,
        admission,
        patience,
        drain,
        admin,
        quiet,
        administration,
        again);
  }
}
