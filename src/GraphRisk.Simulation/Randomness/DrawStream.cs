namespace GraphRisk.Simulation.Randomness;

/// <summary>
/// What a sequence of draws is for. Purposes are kept apart so that a change in how one thing is drawn
/// leaves all others as they were; the numbers are part of the output's identity and never reused.
/// </summary>
public enum DrawStream
{
    Brokers = 1,
    Issuers = 2,
    MarketFactor = 3,
    Prices = 4,
    CommunityShape = 5,
    Identities = 6,
    Finances = 7,
    CreditHistory = 8,
    RecordVariants = 9,
    Aftermath = 10,
    Authorisations = 11,
    BalanceSheets = 12,
    Disposals = 13,
    LargeAccounts = 14,
    Suspensions = 15,
    PeopleNames = 16,
    PeopleHomes = 17,
    People = 18,
    PeopleRecords = 19,
    PeopleOrder = 20,
    Casework = 21,
}
