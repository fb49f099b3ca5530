namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>What the server's status codes mean to whoever runs it. The first entry that fits speaks.</summary>
/// <remarks>https://neo4j.com/docs/status-codes/current/errors/all-errors/</remarks>
internal static class Neo4jTroubles
{
    private static readonly (string Code, string Text, string Sentence)[] Table =
    [
        (QueryApiConnection.NoQueryApi, "", "is not Neo4j 5.26 or later, which is needed"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "", "refuses further attempts after several wrong passwords; wait a moment and check GRAPHRISK_NEO4J_USER and GRAPHRISK_NEO4J_PASSWORD"),
        ("Neo.ClientError.Security.CredentialsExpired", "", "wants the first password changed before it answers"),
        ("Neo.ClientError.Security.Forbidden", "", "does not let this user do that; give it a role that may write"),
        ("Neo.ClientError.Security.", "", "does not accept the user and password; check GRAPHRISK_NEO4J_USER and GRAPHRISK_NEO4J_PASSWORD, or GRAPHRISK_NEO4J_TOKEN"),
        ("Neo.ClientError.Database.DatabaseNotFound", "", "has no database of that name; check GRAPHRISK_NEO4J_DATABASE"),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "", "keeps the database read-only; nothing can be recorded in it"),
        ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", "", "keeps the database read-only; nothing can be recorded in it"),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", "", "refused what was to be written by a constraint; 'graphrisk store check' names those that are not the store's"),
        ("Neo.ClientError.Schema.", "", "has a constraint, an index or data in the way of those the store needs; 'graphrisk store check' names them"),
        ("Neo.ClientError.Cluster.NotALeader", "", "is not the member of the cluster that takes writes; name the cluster's address, not a member's"),
        ("Neo.DatabaseError.", "No space left", "is out of disk; free some and restart it"),
        ("Neo.DatabaseError.", "critical error", "has stopped its database, as it does when its disk is full; see its debug.log, mend what it names and restart it"),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", "", "could not write a commit, as when its disk is full; see its debug.log"),
        ("Neo.DatabaseError.", "", "failed"),
        ("Neo.TransientError.", "", "goes on refusing"),
    ];

    /// <summary>What is the matter, beginning with a verb whose subject is the server; null where the request itself is at fault.</summary>
    public static string? Explain(Neo4jException error)
    {
        foreach (var (code, text, sentence) in Table)
            if (error.Code.StartsWith(code, StringComparison.Ordinal) && error.Reason.Contains(text, StringComparison.OrdinalIgnoreCase))
                return $"{sentence} ({error.Message})";
        return null;
    }
}
