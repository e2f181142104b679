package usher.http.site;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which media type a file has, by the extension of its name. A table of our own, so that a site is
/// the same on every machine. Text is taken to be UTF-8 and says so. Immutable.
public final class ContentTypes {
  /// The type of a file whose extension is not known.
  public static final String UNKNOWN = "application/octet-stream";

  private static final String TABLE =
      """
      text/html; charset=utf-8                  html htm
      text/css; charset=utf-8                   css
      text/javascript; charset=utf-8            js mjs cjs
      text/plain; charset=utf-8                 txt text log conf ini properties diff patch
      text/plain; charset=utf-8                 java kt c h cc cpp hpp rs go py rb sh sql tex adoc rst
      text/markdown; charset=utf-8              md markdown
      text/csv; charset=utf-8                   csv
      text/tab-separated-values; charset=utf-8  tsv
      text/calendar; charset=utf-8              ics
      text/vcard; charset=utf-8                 vcf
      text/vtt; charset=utf-8                   vtt
      application/yaml                          yaml yml
      application/toml                          toml
      application/json                          json map
      application/ld+json                       jsonld
      application/manifest+json                 webmanifest
      application/geo+json                      geojson
      application/x-ndjson                      ndjson jsonl
      application/xml                           xml xsl xsd
      application/xhtml+xml                     xhtml xht
      application/rss+xml                       rss
      application/atom+xml                      atom
      application/wasm                          wasm
      application/pdf                           pdf
      application/rtf                           rtf
      application/postscript                    ps eps ai
      application/epub+zip                      epub
      application/zip                           zip
      application/gzip                          gz tgz
      application/x-bzip2                       bz2
      application/x-xz                          xz
      application/zstd                          zst
      application/x-brotli                      br
      application/x-7z-compressed               7z
      application/vnd.rar                       rar
      application/x-tar                         tar
      application/java-archive                  jar war
      application/vnd.android.package-archive   apk
      application/vnd.debian.binary-package     deb
      application/x-rpm                         rpm
      application/x-iso9660-image               iso
      application/x-sqlite3                     sqlite db
      application/vnd.ms-fontobject             eot
      application/msword                        doc
      application/vnd.ms-excel                  xls
      application/vnd.ms-powerpoint             ppt
      application/vnd.openxmlformats-officedocument.wordprocessingml.document    docx
      application/vnd.openxmlformats-officedocument.spreadsheetml.sheet          xlsx
      application/vnd.openxmlformats-officedocument.presentationml.presentation  pptx
      application/vnd.oasis.opendocument.text          odt
      application/vnd.oasis.opendocument.spreadsheet   ods
      application/vnd.oasis.opendocument.presentation  odp
      font/woff                                 woff
      font/woff2                                woff2
      font/ttf                                  ttf
      font/otf                                  otf
      font/collection                           ttc
      image/png                                 png
      image/apng                                apng
      image/jpeg                                jpg jpeg jpe
      image/gif                                 gif
      image/webp                                webp
      image/avif                                avif
      image/heic                                heic
      image/jxl                                 jxl
      image/svg+xml                             svg
      image/x-icon                              ico
      image/bmp                                 bmp
      image/tiff                                tif tiff
      audio/mpeg                                mp3
      audio/mp4                                 m4a
      audio/aac                                 aac
      audio/ogg                                 ogg oga opus
      audio/flac                                flac
      audio/wav                                 wav
      audio/webm                                weba
      audio/midi                                mid midi
      video/mp4                                 mp4 m4v
      video/webm                                webm
      video/ogg                                 ogv
      video/quicktime                           mov
      video/x-matroska                          mkv
      video/x-msvideo                           avi
      video/mpeg                                mpeg mpg
      video/mp2t                                ts
      application/vnd.apple.mpegurl             m3u8
      application/dash+xml                      mpd
      """;

  /// The built-in table.
  public static final ContentTypes STANDARD = new ContentTypes(read(TABLE));

  private final Map<String, String> types;

  private ContentTypes(Map<String, String> types) {
    this.types = Map.copyOf(types);
  }

  private static Map<String, String> read(String table) {
    var types = new HashMap<String, String>();
    for (String line : table.lines().toList()) {
      int gap = line.indexOf("  ");
      String type = line.substring(0, gap);
      for (String extension : line.substring(gap).strip().split(" ", -1)) {
        if (types.put(extension, type) != null) {
          throw new AssertionError("twice in the table: " + extension);
        }
      }
    }
    return types;
  }

  /// These types with another one for an extension.
  ///
  /// @param extension without its dot
  public ContentTypes with(String extension, String type) {
    if (extension.isEmpty() || extension.contains(".") || extension.contains("/")) {
      throw new IllegalArgumentException("not an extension: \"" + extension + "\"");
    }
    Map<String, String> more = new HashMap<>(types);
    more.put(extension.toLowerCase(Locale.ROOT), type);
    return new ContentTypes(more);
  }

  /// The type of a file of this name.
  public String of(String name) {
    String known = known(name);
    return known == null ? UNKNOWN : known;
  }

  private @Nullable String known(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? null : types.get(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /// How many extensions are known.
  int size() {
    return types.size();
  }

  /// Whether files of this type become much smaller when they are compressed.
  static boolean isText(String type) {
    int end = type.indexOf(';');
    String bare = (end < 0 ? type : type.substring(0, end)).strip();
    return bare.startsWith("text/")
        || bare.endsWith("+xml")
        || bare.endsWith("+json")
        || bare.equals("application/json")
        || bare.equals("application/xml")
        || bare.equals("application/x-ndjson")
        || bare.equals("application/yaml")
        || bare.equals("application/toml")
        || bare.equals("application/postscript")
        || bare.equals("application/rtf")
        || bare.equals("application/wasm")
        || bare.equals("application/vnd.apple.mpegurl")
        || bare.equals("image/bmp")
        || bare.equals("image/x-icon")
        || bare.equals("font/ttf")
        || bare.equals("font/otf");
  }
}
