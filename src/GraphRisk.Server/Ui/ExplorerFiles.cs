using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace GraphRisk.Server.Ui;

/// <param name="Tag">A strong entity tag (RFC 9110, section 8.8.3), quotes included.</param>
internal sealed record ExplorerFile(byte[] Content, string ContentType, string Tag);

/// <summary>The explorer's files as they were embedded at build; read once, then held in memory.</summary>
internal static class ExplorerFiles
{
    private const string Prefix = "ui/";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    /// <summary>Files by name, such as <c>explorer.js</c>.</summary>
    public static FrozenDictionary<string, ExplorerFile> ByName { get; } = Embedded(Prefix)
        .ToFrozenDictionary(file => file.Name, file => new ExplorerFile(
            file.Content, ContentTypes[Path.GetExtension(file.Name)], $"\"{Convert.ToHexStringLower(SHA256.HashData(file.Content))[..32]}\""));

    /// <summary>Every resource whose name starts with <paramref name="prefix"/>, the rest of its name, in order of name.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Embedded(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name[prefix.Length..], Read(assembly, name)));
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
