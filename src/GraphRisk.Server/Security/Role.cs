namespace GraphRisk.Server.Security;

/// <summary>What a viewer is to the platform. What each may see is the table in <see cref="AccessPolicy"/>.</summary>
public enum Role
{
    /// <summary>Nobody in particular: may ask for the schema and reads no data.</summary>
    Anonymous,

    /// <summary>A client of a broker, who sees the record about itself.</summary>
    Client,

    /// <summary>Works on models and questions over pseudonymised data.</summary>
    Analyst,

    /// <summary>A brokerage, which sees its own clients and what the platform discloses of others.</summary>
    Broker,

    /// <summary>Supervises all brokers and the market.</summary>
    Regulator,
}
