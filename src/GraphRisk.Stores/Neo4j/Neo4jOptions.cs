namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// Where a Neo4j server is and how to speak to it. Secrets come from the environment or a configuration file, never from
/// a command line.
/// </summary>
public sealed record Neo4jOptions
{
    /// <summary>HTTP or HTTPS address of the server, such as <c>http://127.0.0.1:7474</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>Name of the database.</summary>
    public string Database { get; init; } = "neo4j";

    /// <summary>User for basic authentication; not used where a token is given.</summary>
    public string User { get; init; } = "neo4j";

    /// <summary>Password of the user.</summary>
    public string? Password { get; init; }

    /// <summary>Bearer token in place of user and password.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// A certificate (PEM) that signs the server's, where the machine does not trust it already; null trusts the machine's
    /// authorities only, so that a self-signed certificate is refused.
    /// </summary>
    public string? CertificateFile { get; init; }

    /// <summary>
    /// Longest wait for a constraint or for the indexes when a store is opened: none where they are there, many minutes over
    /// millions of facts that were loaded in bulk.
    /// </summary>
    public TimeSpan PreparationTimeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Longest wait for a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait from the last byte of a request to the first of its answer; the server may be working all that time.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Longest silence while a request is sent or an answer arrives. An answer that keeps coming may take as long as it
    /// likes: reading a whole graph does.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a request that fails for a passing reason is sent again, from its beginning; an import waits through a restart
    /// of the server, a question should not.
    /// </summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a server that is away is tried when a store is opened; null for as long as any request is.</summary>
    public TimeSpan? OpenFor { get; init; }

    /// <summary>First pause before sending again; it doubles up to fifty times itself, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Failures to reach the server, in a row, after which requests are refused at once.</summary>
    public int BreakAfter { get; init; } = 8;

    /// <summary>How long requests are refused before the server is tried again.</summary>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Changes in one request; more rows make larger transactions on the server.</summary>
    public int BatchSize { get; init; } = 5_000;

    /// <summary>
    /// Reads <c>GRAPHRISK_NEO4J_URL</c>, <c>_DATABASE</c>, <c>_USER</c>, <c>_PASSWORD</c>, <c>_TOKEN</c> and <c>_CERTIFICATE</c>
    /// (file of a certificate to trust) through the lookup given; null where no URL is set.
    /// </summary>
    /// <exception cref="FormatException">The URL is not an absolute http or https address, or holds user and password, which would be shown with it.</exception>
    public static Neo4jOptions? FromEnvironment(Func<string, string?> variable)
    {
        if (variable("GRAPHRISK_NEO4J_URL") is not { Length: > 0 } url) return null;
        if (url.Contains('@', StringComparison.Ordinal))
            throw new FormatException("GRAPHRISK_NEO4J_URL holds user and password; they go into GRAPHRISK_NEO4J_USER and GRAPHRISK_NEO4J_PASSWORD.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new FormatException($"GRAPHRISK_NEO4J_URL is '{url}', not an http or https address such as http://127.0.0.1:7474.");
        return new Neo4jOptions
        {
            Url = address,
            Database = variable("GRAPHRISK_NEO4J_DATABASE") ?? "neo4j",
            User = variable("GRAPHRISK_NEO4J_USER") ?? "neo4j",
            Password = variable("GRAPHRISK_NEO4J_PASSWORD"),
            Token = variable("GRAPHRISK_NEO4J_TOKEN"),
            CertificateFile = variable("GRAPHRISK_NEO4J_CERTIFICATE"),
        };
    }
}
