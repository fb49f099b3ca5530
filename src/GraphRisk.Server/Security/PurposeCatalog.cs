using System.Collections.Immutable;

namespace GraphRisk.Server.Security;

/// <summary>
/// The purposes that may be declared. <see cref="Default"/> is the product's own list; an operator puts another in
/// its place, with the bases its lawyers name.
/// </summary>
public sealed class PurposeCatalog(ImmutableArray<Purpose> purposes)
{
    /// <summary>The purpose of whoever runs the platform's machines; no token carries it.</summary>
    public const string Operation = "operation";

    public static PurposeCatalog Default { get; } = new(
    [
        new("supervision", "Supervise brokers, jurisdictions and the market", "Securities Law 2019, article 170", [Role.Regulator]),
        new("kyc", "Know one's own client before and during the relation", "Anti-Money Laundering Law 2024; the client's margin contract", [Role.Broker]),
        new("admission", "Recommend admission, credit line and fee", "The client's authorisation in the margin contract", [Role.Broker]),
        new("monitoring", "Follow a client's risk while the contract runs", "The client's margin contract; Securities Law 2019, article 170", [Role.Broker, Role.Regulator]),
        new("default-disposal", "Find and dispose of assets after a default", "The client's margin contract; court or arbitration documents", [Role.Broker, Role.Regulator]),
        new("complaint", "Handle a complaint, correct or delete a record", "Personal Information Protection Law, articles 46 to 50", [Role.Broker, Role.Client, Role.Regulator]),
        new("own-record", "Read the record about oneself", "Personal Information Protection Law, article 45", [Role.Client]),
        new("data-quality", "Judge which records are one client, mend records", "Personal Information Protection Law, article 8", [Role.Analyst, Role.Regulator]),
        new(Operation, "Back up, move and load the platform's own store", "Data Security Law 2021, article 27: the operator's own safekeeping", []),
        new("model-validation", "Develop, validate and monitor models on pseudonymised data", "The operator's model governance", [Role.Analyst]),
    ]);

    public ImmutableArray<Purpose> Purposes { get; } = purposes;

    /// <summary>The purpose of that id, or null.</summary>
    public Purpose? Find(string? id) => Purposes.FirstOrDefault(purpose => purpose.Id == id);

    public IEnumerable<Purpose> For(Role role) => Purposes.Where(purpose => purpose.Roles.Contains(role));
}
