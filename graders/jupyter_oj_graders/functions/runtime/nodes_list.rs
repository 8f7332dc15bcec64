    impl<T: Wire> Wire for Option<Box<ListNode<T>>> {
        fn read(input: &mut Input) -> Self {
            let values: Vec<T> = input.get();
            values.into_iter().rev().fold(None, |next, val| Some(Box::new(ListNode { val, next })))
        }
        fn write(&self, out: &mut Output) {
            let (mut count, mut node) = (0, self);
            while let Some(held) = node { count += 1; node = &held.next; }
            out.count(count);
            node = self;
            while let Some(held) = node { held.val.write(out); node = &held.next; }
        }
    }
