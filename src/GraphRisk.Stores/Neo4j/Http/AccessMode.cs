namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>Whether a statement may write.</summary>
public enum AccessMode
{
    Read,
    Write,
}
