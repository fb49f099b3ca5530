using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Stores;
using GraphRisk.Stores.Neo4j;
using GraphRisk.Stores.Sqlite;

namespace GraphRisk.Cli.Composition;

/// <summary>
/// A store named on a command line: <c>sqlite:PATH</c> or <c>neo4j:URL</c>, where <c>neo4j:</c> alone takes the URL from the
/// environment. User, password, token and database of a server come from <c>GRAPHRISK_NEO4J_*</c> and, where two servers
/// are named, from <c>GRAPHRISK_FROM_NEO4J_*</c> and <c>GRAPHRISK_TO_NEO4J_*</c>, which go first; never from the command line.
/// </summary>
internal sealed class StoreAddress
{
    /// <summary>The forms, for help.</summary>
    public const string Forms = "sqlite:PATH or neo4j:URL";

    private const string Sqlite = "sqlite:";
    private const string Neo4j = "neo4j:";
    private const string Prefix = "GRAPHRISK_";

    private readonly string? path;

    private StoreAddress(string text, string? path, Neo4jOptions? server)
    {
        Text = text;
        this.path = path;
        Server = server;
    }

    /// <summary>The address as it may be shown.</summary>
    public string Text { get; }

    /// <summary>The server with its secrets, or null for a file.</summary>
    public Neo4jOptions? Server { get; }

    /// <summary>Folder of a file; null for a server.</summary>
    public string? Folder => Path.GetDirectoryName(path);

    /// <summary>Reads an address.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="side">The part of the variables' names that tells one server from the other: <c>FROM_</c>, <c>TO_</c>, or empty.</param>
    /// <param name="variable">Looks up a variable of the environment.</param>
    /// <exception cref="UserErrorException">It is no address.</exception>
    public static StoreAddress Parse(string text, string side, Func<string, string?> variable)
    {
        if (text.StartsWith(Sqlite, StringComparison.Ordinal) && text.Length > Sqlite.Length)
        {
            var path = Path.GetFullPath(text[Sqlite.Length..]);
            return new StoreAddress(Sqlite + path, path, null);
        }

        if (!text.StartsWith(Neo4j, StringComparison.Ordinal))
            throw new UserErrorException($"'{text}' names no store; write {Forms}.");
        var url = text[Neo4j.Length..];
        if (url.Contains('@', StringComparison.Ordinal))
            throw new UserErrorException($"User and password of a server come from {Prefix}NEO4J_USER and {Prefix}NEO4J_PASSWORD, not from the command line.");
        var server = Neo4jOptions.FromEnvironment(name => url.Length > 0 && name == "GRAPHRISK_NEO4J_URL"
            ? url
            : variable(name.Replace(Prefix, Prefix + side, StringComparison.Ordinal)) ?? variable(name));
        return server is null
            ? throw new UserErrorException($"'{text}' names no server; write neo4j:http://HOST:7474 or set {Prefix}NEO4J_URL.")
            : new StoreAddress($"{Neo4j}{server.Url}", null, server);
    }

    /// <summary>Opens the store.</summary>
    /// <param name="catalog">The schema.</param>
    /// <param name="clock">Times pauses between tries.</param>
    /// <param name="mayMake">Whether an SQLite file is made where there is none; a server's database is always prepared.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="UserErrorException">There is no such file.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be opened.</exception>
    public async ValueTask<IGraphStore> OpenAsync(SchemaCatalog catalog, TimeProvider clock, bool mayMake, CancellationToken cancellation)
    {
        if (Server is not null) return await GraphStores.OpenNeo4jAsync(Server with { OpenFor = Workbench.Soon }, catalog, clock, cancellation);
        if (!mayMake && !File.Exists(path)) throw new UserErrorException($"There is no store at '{path}'.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return GraphStores.OpenSqlite(path!, catalog, new SqliteStoreOptions { MayMake = mayMake });
    }
}
