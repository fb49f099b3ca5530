using System.Globalization;
using GraphRisk.Simulation.Community;

namespace GraphRisk.Simulation.Publishing;

/// <summary>The business registry's files, and the numbers it gives out.</summary>
public sealed class RegistryFiles(string folder) : IDisposable
{
    private readonly CsvFile companies = Open(folder, "companies", "uscc,name,legal_form,industry,region,address,registered_capital,established");
    private readonly CsvFile nameChanges = Open(folder, "name_changes", "uscc,changed_on,former_name,new_name");
    private readonly CsvFile statusChanges = Open(folder, "status_changes", "uscc,since,status");
    private readonly CsvFile financials = Open(folder, "financials", "uscc,period_end,published_on,total_assets,total_liabilities,revenue,net_profit,operating_cash_flow");
    private readonly CsvFile persons = Open(folder, "persons", "person_no,name,id_number,birth_date,region");
    private readonly CsvFile shareholders = Open(folder, "shareholders", "record_no,company_uscc,holder_kind,holder_no,holder_name,share_pct,votes_pct,amount,valid_from,valid_to");
    private readonly CsvFile officers = Open(folder, "officers", "record_no,company_uscc,person_no,name,position,valid_from,valid_to");
    private readonly CsvFile agreements = Open(folder, "agreements", "agreement_no,party_kind,party_no,company_uscc,signed_on,ended_on");
    private readonly CsvFile guarantees = Open(folder, "guarantees", "guarantee_no,guarantor_kind,guarantor_no,debtor_kind,debtor_no,amount,currency,form,valid_from,valid_to");
    private long personNo;

    public long Rows => All.Sum(f => f.Rows);

    private IEnumerable<CsvFile> All =>
        [companies, nameChanges, statusChanges, financials, persons, shareholders, officers, agreements, guarantees];

    public string NextPersonNo() => Number("P", ++personNo);

    public void Company(Company company, double capital)
    {
        companies.Text(company.CreditCode).Text(company.DisplayName).Text(company.Name.Form.Registered).Text(company.Industry)
            .Text(company.Place.Region).Text(company.Address).Money(capital).Date(company.Established).End();
        if (company.FormerName is { } former && company.RenamedOn is { } day)
            nameChanges.Text(company.CreditCode).Date(day).Text(former.Simplified).Text(company.DisplayName).End();
        foreach (var year in company.Accounts)
            financials.Text(company.CreditCode).Date(year.PeriodEnd).Date(year.PublishedOn).Money(year.TotalAssets)
                .Money(year.TotalLiabilities).Money(year.Revenue).Money(year.NetProfit).Money(year.OperatingCashFlow).End();
    }

    public void Status(Company company, DateOnly since, string status) =>
        statusChanges.Text(company.CreditCode).Date(since).Text(status).End();

    public void Person(string personNo, Person person, string? idNumber, DateOnly? birth) =>
        persons.Text(personNo).Text(person.DisplayName).Text(idNumber).Date(birth).Text(person.Place.Region).End();

    public void Shareholder(Shareholding s, string kind, string number, double capital) => shareholders
        .Text(Number("S", shareholders.Rows + 1)).Text(s.Company.CreditCode).Text(kind).Text(number).Text(s.Holder.DisplayName)
        .Percent(s.Share).Percent(s.Votes).Money(capital * s.Share / Shareholding.Whole).Date(s.Valid.From).Date(s.Valid.To).End();

    public void Officer(Office office, string personNo) => officers
        .Text(Number("O", officers.Rows + 1)).Text(office.Company.CreditCode).Text(personNo).Text(office.Person.DisplayName)
        .Text(office.Position).Date(office.Valid.From).Date(office.Valid.To).End();

    public void AgreementParty(string agreement, string kind, string number, Concert concert) => agreements
        .Text(agreement).Text(kind).Text(number).Text(concert.Company.CreditCode).Date(concert.Valid.From).Date(concert.Valid.To).End();

    public void Guarantee(Guarantee g, (string Kind, string Number) guarantor, (string Kind, string Number) debtor) => guarantees
        .Text(Number("G", guarantees.Rows + 1)).Text(guarantor.Kind).Text(guarantor.Number).Text(debtor.Kind).Text(debtor.Number)
        .Money(g.Amount).Text("CNY").Text(g.Joint ? "连带责任" : "一般保证").Date(g.Valid.From).Date(g.Valid.To).End();

    public void Dispose()
    {
        foreach (var file in All) file.Dispose();
    }

    private static CsvFile Open(string folder, string name, string header) =>
        new(Path.Combine(folder, name + ".csv"), header.Split(','));

    private static string Number(string prefix, long number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:00000000}");
}
