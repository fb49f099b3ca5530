using System.Globalization;
using GraphRisk.Simulation.Community;
using GraphRisk.Simulation.Names;
using GraphRisk.Simulation.Publishing;
using GraphRisk.Simulation.Randomness;

namespace GraphRisk.Simulation.Aftermath;

/// <summary>Writes the entries of the four lists; numbers run through the whole file.</summary>
public sealed class ListEntries(MarketFiles files, DateOnly lastDay)
{
    private static readonly string[] Behaviours =
        ["有履行能力而拒不履行生效法律文书确定义务", "违反财产报告制度", "违反限制消费令", "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行"];

    private static readonly string[] Performances = ["全部未履行", "全部未履行", "部分未履行"];

    /// <summary>Listed for two years, plus one to three where the debtor obstructed; removed early where the duty was performed.</summary>
    public void Dishonest(Draws draws, Party party, Person? representative, Claim claim, string caseNumber, DateOnly filed, DateOnly published)
    {
        var expires = published.AddYears(2 + (draws.Chance(0.2) ? draws.Between(1, 3) : 0));
        var removed = published.AddDays(draws.Between(90, 500));
        var entry = Number("D", files.Public.Dishonest.Rows);
        files.Public.Dishonest.Write(
            ("entry_no", entry),
            ("name", party.DisplayName),
            ("card_number", Card(party, 10)),
            ("party_kind", Kind(party)),
            ("court", party.Place.CourtName),
            ("area", party.Place.City),
            ("case_no", caseNumber),
            ("basis_no", CaseNumber.Draw(draws, party.Place, "民初", filed.AddDays(-60))),
            ("basis_issuer", party.Place.CourtName),
            ("duty", $"偿还{claim.Creditor}{ChineseNumerals.Amount(draws, claim.Amount)}及利息"),
            ("performance", draws.Pick(Performances)),
            ("behaviour", draws.Pick(Behaviours)),
            ("filed_on", filed),
            ("published_on", published),
            ("expires_on", expires),
            ("removed_on", draws.Chance(0.2) && removed <= lastDay ? removed : null),
            ("legal_representative", representative?.DisplayName));
        files.Truth.Entity("list-dishonest", entry, party);
    }

    public void Enforcement(Party party, Claim claim, string caseNumber, DateOnly filed, string status)
    {
        var entry = Number("Z", files.Public.Enforcement.Rows);
        files.Public.Enforcement.Write(
            ("entry_no", entry),
            ("name", party.DisplayName),
            ("card_number", Card(party, 6)),
            ("party_kind", Kind(party)),
            ("court", party.Place.CourtName),
            ("case_no", caseNumber),
            ("filed_on", filed.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
            ("amount", Math.Round((decimal)claim.Amount, 2)),
            ("status", status));
        files.Truth.Entity("list-enforcement", entry, party);
    }

    public void Restriction(Draws draws, Company company, Person? representative, Claim claim, string caseNumber, DateOnly filed, DateOnly published)
    {
        var entry = Number("X", files.Public.Restrictions.Rows);
        files.Public.Restrictions.Write(
            ("entry_no", entry),
            ("company", company.DisplayName),
            ("legal_representative", representative?.DisplayName),
            ("applicant", claim.Creditor),
            ("amount", draws.Chance(0.3) ? "-" : Math.Round(claim.Amount, 2).ToString("0.00", CultureInfo.InvariantCulture)),
            ("court", company.Place.CourtName),
            ("case_no", caseNumber),
            ("filed_on", filed),
            ("published_on", new DateTimeOffset(published.ToDateTime(default), TimeSpan.Zero).ToUnixTimeMilliseconds()));
        files.Truth.Entity("list-restrictions", entry, company);
    }

    public void Regulatory(Draws draws, Party party, string authority, string measure, DateOnly published, int years)
    {
        var entry = Number("R", files.Public.Regulatory.Rows);
        var person = party as Person;
        files.Public.Regulatory.Write(
            ("entry_no", entry),
            ("name", party.DisplayName),
            ("name_latin", person?.Name.Latin ?? ((Company)party).Name.Latin),
            ("party_kind", Kind(party)),
            ("id_number", draws.Chance(0.6) ? person?.Id.Number ?? ((Company)party).CreditCode : null),
            ("birth_date", person is not null && draws.Chance(0.7) ? person.Id.Birth : null),
            ("authority", authority),
            ("measure", measure),
            ("published_on", published),
            ("expires_on", published.AddYears(years)));
        files.Truth.Entity("list-regulatory", entry, party);
    }

    private static string Kind(Party party) => party is Person ? "PERSON" : "COMPANY";

    private static string Card(Party party, int head) => party switch
    {
        Person person => Masking.Middle(person.Id.Number, head, 4),
        Company company => Masking.Middle(company.CreditCode, 8, 6),
        _ => throw new ArgumentException("A person or a company", nameof(party)),
    };

    private static string Number(string prefix, long rows) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{rows + 1:00000000}");
}
