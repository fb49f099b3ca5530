namespace GraphRisk.Stores.Neo4j.Http;

/// <summary>How the parameters of a request are written; answers are always typed.</summary>
internal enum WireFormat
{
    /// <summary>With the type of each beside it: nothing is lost.</summary>
    Typed,

    /// <summary>Bare, half the size and a third of the server's work: days and instants are texts. For rows whose statement knows their types.</summary>
    Plain,
}
