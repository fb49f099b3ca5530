namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>How values are written in requests and answers.</summary>
public enum WireFormat
{
    /// <summary>With the type of each beside it: nothing is lost.</summary>
    Typed,

    /// <summary>Bare, half the size and a third of the server's work: days and instants are texts. For rows whose types both sides know.</summary>
    Plain,
}
