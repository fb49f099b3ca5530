using System.Text.Json;
using GraphRisk.Stores.Neo4j;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// Which store a Neo4j server held when it was last opened, by address and database, so that what was derived from it is
/// found while the server is away. One file of the data folder; without it a server cannot be started during an outage.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class KnownServers(string path)
{
    /// <summary>Identity of the store that was last seen there, or null.</summary>
    public string? Find(Neo4jOptions server) => Read().GetValueOrDefault(NameOf(server));

    /// <summary>Notes what store a server holds.</summary>
    public void Note(Neo4jOptions server, string identity)
    {
        var known = Read();
        if (known.GetValueOrDefault(NameOf(server)) == identity) return;
        known[NameOf(server)] = identity;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var written = $"{path}.new";
        File.WriteAllText(written, JsonSerializer.Serialize(known));
        File.Move(written, path, overwrite: true);
    }

    private SortedDictionary<string, string> Read()
    {
        if (!File.Exists(path)) return new(StringComparer.Ordinal);
        try
        {
            return new(JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [], StringComparer.Ordinal);
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"'{path}' is damaged ({error.Message}); delete it, it is made anew when Neo4j is reached.");
        }
    }

    private static string NameOf(Neo4jOptions server) => $"{server.Url.GetLeftPart(UriPartial.Authority)} {server.Database}";
}
