using System.Text.Json;
using GraphRisk.Server.Guard;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Http;

/// <summary>
/// Documents that questions name by their SHA-256 in the place of their text, as Apollo's persisted queries do: those the server was started with, and those a
/// viewer has sent before with text and hash, which are kept for that viewer alone, so that nobody finds out what others ask. Where only trusted
/// documents are answered, a text is as good as its hash. What is kept is bounded and forgotten when it has not been asked for lately; an asker is then told
/// to send the text again. Thread-safe.
/// </summary>
internal sealed class DocumentStore(ServerOptions options)
{
    private const int Version = 1;
    private const int Bound = 1024;
    private const int BoundBytes = 4 << 20;

    private readonly Lock gate = new();
    private Dictionary<(Role, string?, string), byte[]> young = [];
    private Dictionary<(Role, string?, string), byte[]> old = [];
    private int bytes;

    /// <summary>Puts the text in the place of a hash that a request names; null where there is nothing to refuse.</summary>
    /// <param name="request">The request; with its text afterwards.</param>
    /// <param name="viewer">Who asks.</param>
    public QueryRefusal? Resolve(ref QueryRequest request, Viewer viewer)
    {
        var (named, fault) = request.Extensions.Length <= options.Limits.MaxExtensionsBytes ? HashOf(request.Extensions.Span) : default;
        if (fault is not null) return fault;
        if (named is not null && request.Query.IsEmpty)
        {
            if ((options.Trusted?.Find(named) ?? Kept(viewer, named)) is not { } text) return options.OnlyTrusted ? NotTrusted : NotFound;
            request = request with { Query = text };
        }
        else if (named is not null && named != TrustedDocuments.HashOf(request.Query.Span))
        {
            return Mismatch;
        }

        return options.OnlyTrusted && options.Trusted?.Find(named ?? TrustedDocuments.HashOf(request.Query.Span)) is null ? NotTrusted : null;
    }

    /// <summary>Keeps the text of a request that passed the guard and stated its hash too.</summary>
    public void Keep(QueryRequest request, Viewer viewer)
    {
        if (viewer.Role == Role.Anonymous || request.Extensions.IsEmpty || HashOf(request.Extensions.Span).Hash is not { } hash || options.Trusted?.Find(hash) is not null) return;
        var key = (viewer.Role, viewer.Of, hash);
        lock (gate)
        {
            if (young.ContainsKey(key)) return;
            Add(key, request.Query.ToArray());
        }
    }

    private ReadOnlyMemory<byte>? Kept(Viewer viewer, string hash)
    {
        var key = (viewer.Role, viewer.Of, hash);
        lock (gate)
        {
            if (young.TryGetValue(key, out var text)) return text;
            if (!old.TryGetValue(key, out text)) return null;
            Add(key, text);
            return text;
        }
    }

    private void Add((Role, string?, string) key, byte[] text)
    {
        if (young.Count >= Bound || bytes + text.Length > BoundBytes) (old, young, bytes) = (young, [], 0);
        young[key] = text;
        bytes += text.Length;
    }

    /// <summary>The hash that extensions name; null where they name none.</summary>
    private static (string? Hash, QueryRefusal? Fault) HashOf(ReadOnlySpan<byte> extensions)
    {
        if (extensions.IndexOf("\"persistedQuery\""u8) < 0) return default;
        var json = new Utf8JsonReader(extensions);
        if (!JsonElement.TryParseValue(ref json, out var parsed) || !parsed.Value.TryGetProperty("persistedQuery", out var named) || named.ValueKind == JsonValueKind.Null) return default;
        var isKnown = named.ValueKind == JsonValueKind.Object && named.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out var number) && number == Version;
        if (!isKnown) return (null, NotSupported);
        return named.TryGetProperty("sha256Hash", out var hash) && hash.ValueKind == JsonValueKind.String && hash.GetString() is { Length: 64 } text && text.All(char.IsAsciiHexDigit)
            ? (text.ToLowerInvariant(), null)
            : (null, NotFound);
    }

    private static QueryRefusal NotSupported { get; } =
        new(ErrorCodes.PersistedQueryNotSupported, "Persisted queries are served in version 1: extensions.persistedQuery {version: 1, sha256Hash}.");

    // Apollo's clients look for this message, and for the code.
    private static QueryRefusal NotFound { get; } = new(ErrorCodes.PersistedQueryNotFound, "PersistedQueryNotFound");

    private static QueryRefusal Mismatch { get; } = new(ErrorCodes.BadRequest, "The SHA-256 in extensions.persistedQuery is not that of the query.");

    private static QueryRefusal NotTrusted { get; } = new(ErrorCodes.DocumentNotTrusted, "This server answers only documents it was started with.");
}
