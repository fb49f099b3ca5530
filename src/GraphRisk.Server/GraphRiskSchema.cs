using GraphQL.Types;
using GraphRisk.Server.Composition;

namespace GraphRisk.Server;

/// <summary>The GraphQL schema: what the nouns add, put together. Access to it is enforced by the server that serves it.</summary>
internal sealed class GraphRiskSchema : Schema
{
    public GraphRiskSchema(SchemaParts parts)
    {
        Description = "Credit risk of securities financing: clients, who owns and controls whom, how they are linked, and how risky they are and why.";
        Query = parts.Query;
        if (parts.Mutation.Fields.Count > 0) Mutation = parts.Mutation;
        foreach (var type in parts.Types) RegisterType(type);
    }
}
