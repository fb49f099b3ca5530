using System.Collections.Frozen;

namespace GraphRisk.Intake.Import.FollowTheMoney;

/// <summary>The names of all schemas of FollowTheMoney 3 and 4, so that a damaged name is told from one the graph does not hold.</summary>
internal static class FtmSchemas
{
    public static FrozenSet<string> All { get; } = new[]
    {
        "Address", "Airplane", "Analyzable", "Article", "Assessment", "Asset", "Associate", "Audio", "BankAccount", "Call", "CallForTenders",
        "Company", "Contract", "ContractAward", "CourtCase", "CourtCaseParty", "CryptoWallet", "Debt", "Directorship", "Document",
        "Documentation", "EconomicActivity", "Email", "Employment", "Event", "Family", "Folder", "HyperText", "Identification", "Image",
        "Interest", "Interval", "LegalEntity", "License", "Membership", "Mention", "Message", "Note", "Occupancy", "Organization", "Ownership",
        "Package", "Page", "Pages", "Passport", "Payment", "Person", "PlainText", "Position", "Post", "Project", "ProjectParticipant",
        "PublicBody", "RealEstate", "Representation", "Row", "Sanction", "Security", "Similar", "Succession", "Table", "TaxRoll", "Thing",
        "Trip", "UnknownLink", "UserAccount", "Value", "Vehicle", "Vessel", "Video", "Workbook",
    }.ToFrozenSet(StringComparer.Ordinal);
}
