package usher.bench.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import usher.bench.contender.Contender;
import usher.bench.contender.Family;
import usher.bench.workload.Workload;
import usher.bench.workload.Workloads;

class SelectionTest {
  private static final Contender LIMIT = contender("limit", Family.LIMIT);
  private static final Contender NGINX = contender("nginx", Family.NGINX);
  private static final Contender LOOP = contender("event-loop", Family.USHER);
  private static final Contender VIRTUAL = contender("virtual-threads", Family.USHER);
  private static final Contender NETTY = contender("netty", Family.PEER);
  private static final List<Contender> ALL = List.of(LIMIT, NGINX, LOOP, VIRTUAL, NETTY);

  private final List<Workload> workloads = Workloads.all(10, 1);

  @Test
  void everything_is_every_workload_with_those_that_take_part() {
    Selection selection = Selection.of(ALL, workloads, null, null, null);
    assertThat(selection.workloads()).isEqualTo(workloads);
    assertThat(selection.legs().getFirst().contenders())
        .containsExactly(NGINX, LOOP, VIRTUAL, NETTY);
    assertThat(selection.legs().getLast().contenders()).isEqualTo(ALL);
  }

  @Test
  void servers_and_workloads_can_be_narrowed_down() {
    Selection selection =
        Selection.of(
            ALL, workloads, List.of("event-loop"), List.of("none"), List.of(Workloads.KEEP_ALIVE));
    assertThat(selection.legs())
        .containsExactly(new Rounds.Leg(workloads.getFirst(), List.of(LOOP)));
    assertThat(selection.samples(3)).isEqualTo(3);
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> Selection.of(ALL, workloads, List.of("loop"), null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no model is called 'loop'; there are: event-loop, virtual-threads");
    assertThatThrownBy(() -> Selection.of(ALL, workloads, null, List.of("limit"), null))
        .hasMessage("no peer is called 'limit'; there are: nginx, netty");
    assertThatThrownBy(() -> Selection.of(ALL, workloads, null, null, List.of("x")))
        .hasMessageStartingWith("no workload is called 'x'");
  }

  @Test
  void nothing_at_all_is_refused() {
    assertThatThrownBy(
            () ->
                Selection.of(
                    ALL,
                    workloads,
                    List.of("none"),
                    List.of("none"),
                    List.of(Workloads.KEEP_ALIVE)))
        .hasMessageStartingWith("nothing to measure");
  }

  @Test
  void the_quick_form_takes_a_few_and_does_without_nginx() {
    Selection selection = Selection.quick(ALL, workloads, null, null, null);
    assertThat(selection.legs().getFirst().contenders()).containsExactly(NGINX, LOOP, VIRTUAL);
    Selection without =
        Selection.quick(List.of(LIMIT, LOOP, VIRTUAL, NETTY), workloads, null, null, null);
    assertThat(without.legs().getFirst().contenders()).containsExactly(LOOP, VIRTUAL);
  }

  @Test
  void the_quick_form_can_be_changed() {
    Selection selection =
        Selection.quick(ALL, workloads, null, List.of("netty"), List.of(Workloads.PIPELINED));
    assertThat(selection.legs()).hasSize(1);
    assertThat(selection.legs().getFirst().contenders()).containsExactly(LOOP, VIRTUAL, NETTY);
  }

  private static Contender contender(String name, Family family) {
    return new Contender(name, family, Contender.ANY, _ -> List.of(), _ -> List.of());
  }
}
