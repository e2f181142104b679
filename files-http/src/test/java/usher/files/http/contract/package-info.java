@org.jspecify.annotations.NullMarked
package usher.files.http.contract;
