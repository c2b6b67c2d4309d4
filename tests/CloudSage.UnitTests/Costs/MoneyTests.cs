using CloudSage.Plugins.Costs;

namespace CloudSage.UnitTests.Costs;

public sealed class MoneyTests
{
    [Test]
    public void Add_SameCurrency_IsExact()
        => (new Money(0.1m, "USD") + new Money(0.2m, "USD")).Should().Be(new Money(0.3m, "USD"));

    [Test]
    public void Add_OtherCurrency_IsRefusedByName()
    {
        var act = () => new Money(1m, "USD") + new Money(1m, "EUR");

        act.Should().Throw<InvalidOperationException>().WithMessage("*USD*EUR*");
    }
}
