using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphRisk.Server.Guard;

namespace GraphRisk.Server.Http;

/// <summary>
/// Documents that were looked at before a server starts and may be asked for by their SHA-256 alone: a folder, each <c>.graphql</c> file below it a document, or a
/// manifest in JSON, either <c>{"HASH": "DOCUMENT"}</c> or the manifest that Apollo's tools write. A document's hash is that of its bytes. Immutable.
/// </summary>
public sealed class TrustedDocuments
{
    private readonly FrozenDictionary<string, byte[]> byHash;

    private TrustedDocuments(Dictionary<string, byte[]> byHash) => this.byHash = byHash.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => byHash.Count;

    /// <summary>The document of a hash; null where none has it.</summary>
    /// <param name="hash">64 hexadecimal digits, small.</param>
    public ReadOnlyMemory<byte>? Find(string hash) => byHash.TryGetValue(hash, out var text) ? text : (ReadOnlyMemory<byte>?)null;

    /// <summary>The hash of a document.</summary>
    public static string HashOf(ReadOnlySpan<byte> text) => Convert.ToHexStringLower(SHA256.HashData(text));

    /// <summary>Reads a folder or a manifest.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="limits">What documents may be; one that would be refused is not trusted.</param>
    /// <exception cref="InvalidDataException">It can't be read, or a document is refused; the message names it and says why.</exception>
    public static TrustedDocuments Read(string path, QueryLimits limits)
    {
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, stated, text) in Directory.Exists(path) ? OfFolder(path) : OfManifest(path))
        {
            var hash = HashOf(text);
            if (stated is not null && !stated.Equals(hash, StringComparison.OrdinalIgnoreCase))
                throw new InvalidDataException($"{path}: the document '{name}' is listed under {stated}, and its SHA-256 is {hash}.");
            if (QueryGuard.Inspect(text, limits).Refusal is { } refusal)
                throw new InvalidDataException($"{path}: the document '{name}' would be refused: {refusal.Message}");
            found[hash] = text;
        }

        return found.Count > 0 ? new TrustedDocuments(found) : throw new InvalidDataException($"{path} holds no documents.");
    }

    private static IEnumerable<(string Name, string? Hash, byte[] Text)> OfFolder(string path) =>
        Directory.EnumerateFiles(path, "*.graphql", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(path, file), (string?)null, File.ReadAllBytes(file)));

    private static List<(string Name, string? Hash, byte[] Text)> OfManifest(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return json.RootElement.TryGetProperty("operations", out var operations)
                ? [.. operations.EnumerateArray().Select(one => (
                    one.TryGetProperty("name", out var name) ? name.GetString()! : one.GetProperty("id").GetString()!,
                    one.GetProperty("id").GetString(), Encoding.UTF8.GetBytes(one.GetProperty("body").GetString()!)))]
                : [.. json.RootElement.EnumerateObject().Select(one => (one.Name, (string?)one.Name, Encoding.UTF8.GetBytes(one.Value.GetString()!)))];
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or KeyNotFoundException or ArgumentNullException)
        {
            throw new InvalidDataException($"{path} is neither a folder nor a manifest of documents: {fault.Message}", fault);
        }
    }
}
