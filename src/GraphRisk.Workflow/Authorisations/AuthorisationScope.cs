namespace GraphRisk.Workflow.Authorisations;

/// <summary>What a client lets a broker learn of it; in the order in which each includes those before it.</summary>
public enum AuthorisationScope
{
    /// <summary>Market-wide score, grade and probability of default, with reasons in words.</summary>
    Score,

    /// <summary>The client's own market-wide facts in sum, and all that <see cref="Score"/> opens.</summary>
    Facts,
}

/// <summary>What scopes are called in <c>graph-schema/</c>.</summary>
public static class AuthorisationScopes
{
    private static readonly (AuthorisationScope Scope, string Name)[] Names = [(AuthorisationScope.Score, "SCORE"), (AuthorisationScope.Facts, "FACTS")];

    /// <summary>The name of a scope.</summary>
    public static string NameOf(AuthorisationScope scope) => Names.Single(row => row.Scope == scope).Name;

    /// <summary>The scope of a name; null where there is none of that name.</summary>
    public static AuthorisationScope? Find(string? name)
    {
        foreach (var row in Names)
            if (row.Name == name) return row.Scope;
        return null;
    }
}
