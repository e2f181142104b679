package usher.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.RequestBody;
import usher.http.ResponseBody;
import usher.testkit.Seeds;
import usher.testkit.drive.Rehearsal;

final class JsonTest {
  /// What the tests read.
  record User(String name, int age, @Nullable List<String> tags) {}

  private static final Json JSON = Json.standard();

  private static HttpRequest request(String type, byte[] body) {
    return HttpRequest.of("POST", "/", "Content-Type", type).withBody(RequestBody.of(body));
  }

  private static HttpRequest request(String body) {
    return request("application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(HttpResponse response) {
    return StandardCharsets.UTF_8
        .decode(((ResponseBody.Bytes) response.body()).bytes().duplicate())
        .toString();
  }

  @Test
  void a_body_is_read_as_a_value() {
    User user =
        JSON.read(request("{\"name\": \"Zoë\", \"age\": 7, \"tags\": [\"a\"]}"), User.class);
    assertThat(user).isEqualTo(new User("Zoë", 7, List.of("a")));
    List<User> users = JSON.read(request("[{\"name\":\"A\",\"age\":1}]"), new TypeReference<>() {});
    assertThat(users).containsExactly(new User("A", 1, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json", "Application/JSON", "application/json; charset=utf-8",
        "application/json ;x=y", "application/problem+json", "application/vnd.api+json"
      })
  void types_of_json_are_taken(String type) {
    assertThat(JSON.read(request(type, "[1]".getBytes(StandardCharsets.UTF_8)), int[].class))
        .containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "text/json", "application/jsonp", "application/xml", "", "json"})
  void any_other_type_is_not(String type) {
    assertThatThrownBy(() -> JSON.read(request(type, new byte[] {'1'}), int.class))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(415));
    assertThatThrownBy(() -> JSON.read(HttpRequest.of("POST", "/"), int.class))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(415));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"name\": }`                       | `the body is not JSON: line 1, column 10`",
        "`{\"name\": \"A\",`                  | `the body is not JSON: line 1, column 14`",
        "`{\"name\": \"A\", \"age\": \"x\"}`  | `the body does not fit at age: line 1, column 22`",
        "`{\"name\": \"A\", \"age\": 1, \"tags\": [[]]}` | `the body does not fit at tags[0]: line"
            + " 1, column 35`",
        "`[]`                                 | `the body does not fit: line 1, column 1`",
        "`null`                               | `the body is null`",
        "`{\"name\": \"A\", \"age\": 1} {}`   | `the body does not fit: line 1, column 25`",
        "``                                   | `the body is empty`",
      })
  void a_body_that_will_not_do_is_a_bad_request_that_names_the_place(String body, String message) {
    assertThatThrownBy(() -> JSON.read(request(body), User.class))
        .isInstanceOfSatisfying(
            HttpException.class,
            e -> {
              assertThat(e.status()).isEqualTo(400);
              assertThat(e).hasMessage(message);
              assertThat(e.getMessage()).doesNotContain("usher").doesNotContain("jackson");
            });
  }

  @Test
  void whatever_comes_is_a_value_or_a_bad_request() {
    byte[] good =
        "{\"name\": \"Zoë\", \"age\": 7, \"tags\": [\"a\", \"\\u00e9\"]}"
            .getBytes(StandardCharsets.UTF_8);
    Seeds.each(
        3_000,
        gen -> {
          byte[] body = gen.damaged(gen.damaged(good));
          try {
            assertThat(JSON.read(request("application/json", body), User.class)).isNotNull();
          } catch (HttpException refusal) {
            assertThat(refusal.status()).isEqualTo(400);
          }
        });
    byte[] deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> JSON.read(request("application/json", deep), Object.class))
        .isInstanceOf(HttpException.class);
  }

  @Test
  void a_value_is_written_as_a_response() {
    HttpResponse response = JSON.write(new User("Zoë", 7, List.of("a\"b")));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Content-Type")).isEqualTo("application/json");
    assertThat(text(response)).isEqualTo("{\"name\":\"Zoë\",\"age\":7,\"tags\":[\"a\\\"b\"]}");
    assertThat(text(JSON.write(null))).isEqualTo("null");
    assertThat(text(JSON.write(Map.of("a", 1)))).isEqualTo("{\"a\":1}");
    Object endless = new Object[] {new Endless()};
    assertThatThrownBy(() -> JSON.write(endless)).isInstanceOf(JacksonException.class);
  }

  /// What cannot be written.
  static final class Endless {
    public Endless next() {
      return this;
    }

    public Endless getNext() {
      return this;
    }
  }

  @Test
  void a_handler_reads_and_writes_over_the_wire() {
    HttpHandler older =
        HttpHandler.inline(
            request -> {
              User user = JSON.read(request, User.class);
              return JSON.write(new User(user.name(), user.age() + 1, user.tags()));
            });
    var rehearsal = Rehearsal.of(HttpProtocol.of(older));
    rehearsal.send(
        """
        POST / HTTP/1.1\r
        Host: x\r
        Content-Type: application/json\r
        Content-Length: 21\r
        \r
        {"name":"A","age":41}\
        """);
    assertThat(rehearsal.fresh())
        .contains("200 OK")
        .endsWith("{\"name\":\"A\",\"age\":42,\"tags\":null}");
    rehearsal.send(
        """
        POST / HTTP/1.1\r
        Host: x\r
        Content-Type: application/json\r
        Content-Length: 1\r
        \r
        {\
        """);
    assertThat(rehearsal.fresh()).contains("400 Bad Request: the body is not JSON");
  }
}
