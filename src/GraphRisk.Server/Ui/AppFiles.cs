using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GraphRisk.Server.Ui;

/// <summary>A file of the application as it is sent: as it stands, or packed where that is smaller and the asker takes it. Packed once, when it is first asked for.</summary>
/// <param name="name">Its name, such as <c>index-DhyQT2rd.js</c>.</param>
/// <param name="content">What was embedded.</param>
internal sealed partial class AppFile(string name, byte[] content)
{
    private readonly string hash = Convert.ToHexStringLower(SHA256.HashData(content))[..32];
    private readonly Lazy<byte[]> brotli = new(() => Pack(content, packed => new BrotliStream(packed, CompressionLevel.Optimal)));
    private readonly Lazy<byte[]> gzip = new(() => Pack(content, packed => new GZipStream(packed, CompressionLevel.Optimal)));

    public string Name => name;

    public byte[] Content => content;

    /// <summary>The name holds a hash of the content, so that what is once kept under it is never another.</summary>
    public bool IsNamedByItsHash { get; } = HashInName().IsMatch(name);

    /// <summary>What to send to whoever asks with <paramref name="headers"/>: bytes, their Content-Encoding where they are packed, and their strong entity tag.</summary>
    public (byte[] Bytes, string? Encoding, EntityTagHeaderValue Tag) For(IHeaderDictionary headers)
    {
        var taken = Taken(headers);
        var (bytes, encoding) = taken.Contains("br") ? (brotli.Value, "br") : taken.Contains("gzip") ? (gzip.Value, "gzip") : (content, (string?)null);
        if (bytes.Length >= content.Length) (bytes, encoding) = (content, null);
        return (bytes, encoding, new EntityTagHeaderValue($"\"{hash}{(encoding is null ? "" : "-" + encoding)}\""));
    }

    private static HashSet<string> Taken(IHeaderDictionary headers) =>
        StringWithQualityHeaderValue.TryParseList(headers.AcceptEncoding, out var named)
            ? named.Where(one => one.Quality is null or > 0).Select(one => one.Value.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase) : [];

    private static byte[] Pack(byte[] content, Func<Stream, Stream> packer)
    {
        using var packed = new MemoryStream();
        using (var stream = packer(packed)) stream.Write(content);
        return packed.ToArray();
    }

    [GeneratedRegex(@"-[\w-]{8}\.\w+$", RegexOptions.CultureInvariant)]
    private static partial Regex HashInName();
}

/// <summary>The application's files as they were embedded at build.</summary>
internal static class AppFiles
{
    public const string Index = "index.html";

    /// <summary>Files by name.</summary>
    public static FrozenDictionary<string, AppFile> ByName { get; } =
        ExplorerFiles.Embedded("app/").ToFrozenDictionary(file => file.Name, file => new AppFile(file.Name, file.Content), StringComparer.Ordinal);
}
